package org.seal4j.data.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamedServicesTest {
  interface Shape {
    String name();
  }

  record Square(String name) implements Shape {}

  record Circle(String name) implements Shape {}

  private static NamedServices<Shape> of(Shape... builtIn) {
    return new NamedServices<>(Shape.class, "shape", Shape::name, List.of(builtIn));
  }

  @Test
  void a_name_stands_for_one_object() {
    Square square = new Square("square");
    NamedServices<Shape> shapes = of(square, new Circle("circle"));
    assertThat(shapes.get("square")).isSameAs(square);
    assertThat(shapes.names()).containsExactly("circle", "square");
  }

  @Test
  void an_unknown_name_is_refused_with_the_known_ones_and_how_to_add_one() {
    assertThatThrownBy(() -> of(new Square("square"), new Circle("circle")).get("oval"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "there is no shape 'oval'; there are circle, square; to add one, put a jar on the class"
                + " path whose file META-INF/services/"
                + Shape.class.getName()
                + " names its class");
  }

  @Test
  void a_name_that_two_classes_offer_is_refused_and_so_is_one_that_is_none() {
    assertThatThrownBy(() -> of(new Square("round"), new Circle("round")))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("two classes offer the shape 'round': ")
        .hasMessageContaining("Square and ")
        .hasMessageContaining("Circle; rename one of them");
    assertThatThrownBy(() -> of(new Circle("A Circle")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("calls itself 'A Circle'");
  }
}
