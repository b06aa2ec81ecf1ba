package org.seal4j.scripts.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;

/** The arrows between the modules, and what may be used where: docs/TOUR.md has the picture. */
class ArchitectureTest {
  private static final String ALL = "org.seal4j..";
  private static final Set<String> MODULES =
      Set.of("data", "model", "lora", "eval", "rl", "serve", "testkit", "scripts");

  private static JavaClasses ours;

  @BeforeAll
  static void read_the_classes_of_all_modules() {
    ours = MainClasses.read();
  }

  @Test
  void enough_classes_were_scanned_for_the_rules_to_mean_something() {
    assertThat(ours.size()).isGreaterThan(150);
  }

  /** Their classes are known by name alone: archunit.properties. */
  @ParameterizedTest
  @ValueSource(strings = {"org.apache.arrow.", "org.nd4j.", "jdk.incubator.vector", "java.lang"})
  void uses_of_other_libraries_are_seen(String start) {
    assertThat(ours.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream()))
        .anyMatch(use -> use.getTargetClass().getPackageName().startsWith(start));
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "model", "lora", "eval", "rl", "serve", "testkit", "scripts"})
  void every_module_was_scanned(String module) {
    assertThat(ours.containPackage("org.seal4j." + module)).isTrue();
  }

  /** Each module and the modules that it may use besides itself. */
  @ParameterizedTest
  @CsvSource({
    "data,    ''",
    "model,   data",
    "lora,    model data",
    "eval,    data",
    "rl,      lora eval model data",
    "serve,   lora model data",
    "testkit, rl lora eval model data",
    "scripts, serve rl lora eval model data"
  })
  void modules_are_used_along_the_arrows_only(String module, String mayUse) {
    Set<String> forbidden = new TreeSet<>(MODULES);
    forbidden.remove(module);
    forbidden.removeAll(Set.of(mayUse.split(" ")));
    check(
        noUse(
            packages(module),
            forbidden.stream().map(ArchitectureTest::packages).toArray(String[]::new)));
  }

  @Test
  @Tag("slow")
  void packages_form_no_cycles() {
    check(slices().matching("org.seal4j.(**)").should().beFreeOfCycles());
  }

  @Test
  void data_and_eval_know_no_tensors() {
    check(noUse(packages("data"), "org.nd4j..", "org.bytedeco.."));
    check(noUse(packages("eval"), "org.nd4j..", "org.bytedeco.."));
  }

  /** What ports may name: values that describe a request, a stop or a training, no tensors. */
  private static final Set<String> REQUESTS =
      Set.of(
          "org.seal4j.model.generate.Prompt",
          "org.seal4j.model.generate.StopRule",
          "org.seal4j.model.generate.GenerationConfig",
          "org.seal4j.lora.train.InnerLoopTask");

  @Test
  void the_ports_of_rl_see_no_tensors_models_and_adapters() {
    check(
        noClasses()
            .that(
                resideInAPackage(packages("rl"))
                    .and(
                        not(
                            resideInAnyPackage(
                                packages("rl.inner"),
                                packages("rl.grid"),
                                packages("rl.passage"),
                                packages("rl.study"),
                                packages("rl.experiment"),
                                packages("rl.keys")))))
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                        "org.nd4j..", "org.bytedeco..", packages("model"), packages("lora"))
                    .and(
                        DescribedPredicate.describe(
                            "are no requests", type -> !REQUESTS.contains(type.getName())))));
  }

  @Test
  void the_domains_of_rl_do_not_know_each_other() {
    check(noUse(packages("rl.grid"), packages("rl.passage"), packages("rl.study")));
    check(noUse(packages("rl.passage"), packages("rl.grid"), packages("rl.study")));
    check(noUse(packages("rl.study"), packages("rl.grid"), packages("rl.journal")));
  }

  @Test
  void the_inner_loop_of_rl_knows_no_domain() {
    check(
        noUse(
            packages("rl.inner"),
            packages("rl.grid"),
            packages("rl.passage"),
            packages("rl.teacher")));
  }

  @Test
  void arrow_stays_in_data() {
    check(noUseOutside(packages("data"), "org.apache.arrow.."));
  }

  @Test
  void the_vector_API_stays_in_the_kernels() {
    check(noUseOutside(packages("model.kernel"), "jdk.incubator.vector.."));
  }

  @Test
  void only_the_command_line_writes_to_the_terminal_or_ends_the_process() {
    check(
        noClasses()
            .that(not(resideInAPackage(packages("scripts"))))
            .should()
            .accessTargetWhere(targets("the terminal", System.class, "out", "err", "exit")));
    check(
        noClasses()
            .that(not(resideInAPackage(packages("scripts"))))
            .should()
            .callMethod(Throwable.class, "printStackTrace"));
  }

  @Test
  void randomness_comes_from_named_seeds_alone() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat(
                DescribedPredicate.describe(
                    "are random generators of the JDK or of ND4J",
                    type ->
                        Set.of(
                                "java.util.Random",
                                "java.util.SplittableRandom",
                                "java.util.concurrent.ThreadLocalRandom",
                                "java.security.SecureRandom",
                                "org.nd4j.linalg.api.rng.Random")
                            .contains(type.getName()))));
    check(noClasses().should().accessTargetWhere(targets("Math.random", Math.class, "random")));
    check(
        noClasses()
            .should()
            .accessTargetWhere(
                targets(
                    "ND4J's generator",
                    Nd4j.class,
                    "rand",
                    "randn",
                    "randint",
                    "randomBernoulli",
                    "shuffle",
                    "getRandom")));
    check(
        noClasses()
            .should()
            .callMethod(java.util.Collections.class, "shuffle", java.util.List.class));
  }

  @Test
  void the_wall_clock_is_read_by_the_command_line_alone() {
    check(
        noClasses()
            .that(not(resideInAPackage(packages("scripts"))))
            .should()
            .accessTargetWhere(targets("the clock", System.class, "currentTimeMillis"))
            .orShould()
            .accessTargetWhere(targets("the clock", java.time.Instant.class, "now"))
            .orShould()
            .accessTargetWhere(targets("the clock", java.time.LocalDateTime.class, "now")));
  }

  @Test
  void no_class_is_named_after_nothing() {
    check(
        noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl"));
    check(
        noClasses().should().resideInAnyPackage(ALL + "common..", ALL + "util..", ALL + "impl.."));
  }

  @Test
  void every_package_opens_with_a_package_info() {
    Set<String> packages = packagesOf(ours, false);
    assertThat(packagesOf(ours, true)).containsExactlyInAnyOrderElementsOf(packages);
    check(
        classes()
            .that()
            .haveSimpleName("package-info")
            .should()
            .beAnnotatedWith("org.jspecify.annotations.NullMarked"));
  }

  private static Set<String> packagesOf(JavaClasses classes, boolean infosOnly) {
    return classes.stream()
        .filter(type -> type.getSimpleName().equals("package-info") || !infosOnly)
        .map(JavaClass::getPackageName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String packages(String name) {
    return "org.seal4j." + name + "..";
  }

  private static ArchRule noUse(String where, String... what) {
    return noClasses()
        .that()
        .resideInAPackage(where)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(what);
  }

  private static ArchRule noUseOutside(String where, String what) {
    return noClasses()
        .that(not(resideInAPackage(where)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(what);
  }

  private static DescribedPredicate<JavaAccess<?>> targets(
      String words, Class<?> owner, String... names) {
    return DescribedPredicate.describe(
        words,
        access ->
            access.getTargetOwner().getName().equals(owner.getName())
                && Set.of(names).contains(access.getTarget().getName()));
  }

  /** Checks a rule; one that matches no class fails, since it says nothing. */
  private static void check(ArchRule rule) {
    rule.check(ours);
  }
}
