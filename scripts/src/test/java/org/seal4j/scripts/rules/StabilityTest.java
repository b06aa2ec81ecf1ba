package org.seal4j.scripts.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.data.stability.Experimental;
import org.seal4j.data.stability.Stable;

/** Users see of every public type whether it may change. */
class StabilityTest {
  @Test
  @Tag("slow")
  void every_public_type_of_the_library_says_whether_it_may_change() {
    JavaClasses ours = MainClasses.read();
    rule(
            "org.seal4j.data..",
            "org.seal4j.model..",
            "org.seal4j.lora..",
            "org.seal4j.eval..",
            "org.seal4j.rl..",
            "org.seal4j.serve..")
        .check(ours);
  }

  @Test
  @Tag("slow")
  void a_type_without_a_mark_fails_the_rule() {
    JavaClasses planted = new ClassFileImporter().importClasses(Unmarked.class);
    assertThatThrownBy(() -> rule("org.seal4j.scripts..").check(planted))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Unmarked");
  }

  private static ArchRule rule(String... packages) {
    return classes()
        .that(resideInAnyPackage(packages))
        .and()
        .arePublic()
        .and(topLevelOr(Unmarked.class))
        .should(bearOneMark());
  }

  private static DescribedPredicate<JavaClass> topLevelOr(Class<?> planted) {
    return DescribedPredicate.describe(
        "are top-level types", type -> type.isTopLevelClass() || type.isEquivalentTo(planted));
  }

  private static ArchCondition<JavaClass> bearOneMark() {
    return new ArchCondition<>("bear @Stable or @Experimental, themselves or by their package") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean stable = type.isAnnotatedWith(Stable.class);
        boolean experimental = type.isAnnotatedWith(Experimental.class);
        boolean byPackage = type.getPackage().isAnnotatedWith(Experimental.class);
        boolean satisfied = stable ? !experimental : experimental || byPackage;
        events.add(
            new SimpleConditionEvent(
                type,
                satisfied,
                type.getName()
                    + (stable && experimental ? " bears both marks" : " bears neither mark")));
      }
    };
  }

  /** Stands for a public type that somebody forgot to mark. */
  public static class Unmarked {}
}
