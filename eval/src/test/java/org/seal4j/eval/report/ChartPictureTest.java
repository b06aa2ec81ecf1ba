package org.seal4j.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ChartPictureTest {
  @Test
  void a_picture_is_svg_of_its_own_with_the_lines_and_their_names() throws Exception {
    Curve curve =
        new Curve(
            "Memory <of> a step",
            "tokens",
            "GiB",
            List.of(
                new Curve.Line("kept", List.of(new Curve.Point(1, 2), new Curve.Point(3, 4))),
                new Curve.Line("again", List.of(new Curve.Point(1, 1)))));
    String svg = ChartPicture.svg(curve);
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)))
            .getDocumentElement();
    assertThat(root.getAttribute("xmlns")).isEqualTo("http://www.w3.org/2000/svg");
    assertThat(root.getElementsByTagName("circle").getLength()).isEqualTo(3);
    assertThat(root.getTextContent()).contains("Memory <of> a step", "kept", "again", "tokens");
  }
}
