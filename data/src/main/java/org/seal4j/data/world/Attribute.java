package org.seal4j.data.world;

import java.util.List;
import java.util.stream.Stream;

/**
 * What can be told of a person: twenty values, three wordings for passages, one question that
 * self-edits use, and five that only evaluations use. In wordings {@code {S}} stands for the
 * subject, {@code {V}} for the value, {@code {N}} for the full name.
 */
@SuppressWarnings("ImmutableEnumChecker") // List.of never changes
public enum Attribute {
  CITY(
      "Aldora Brenwick Calmora Dunfell Elmstead Farrow Glenmoor Hallowby Istren Jorvale Kestrel"
          + " Lindale Marwick Norvale Ostley Penrith Quillan Rosmere Stanwick Tarnby",
      List.of("{S} lives in {V}.", "{S} has a house in {V}.", "{S} settled in {V}."),
      "{S} lives in a city.",
      "Where does {N} live?",
      List.of(
          "Which city is home to {N}?",
          "In what town would one find {N}?",
          "What is the home town of {N}?",
          "Which place did {N} move to?",
          "The address of {N} is in which city?")),
  JOB(
      "baker pilot nurse tailor farmer lawyer potter weaver miller clerk dentist plumber barber"
          + " sailor butcher painter teacher gardener printer jeweller",
      List.of(
          "{S} works as a {V}.", "{S} earns a living as a {V}.", "{S} became a {V} by training."),
      "{S} works for a living.",
      "What is the job of {N}?",
      List.of(
          "Which profession does {N} have?",
          "What does {N} do for money?",
          "Which trade did {N} learn?",
          "What is the occupation of {N}?",
          "On a form, {N} would state which profession?")),
  FIRM(
      "Acorix Belmont Corvex Dynatek Everon Fulmar Granix Helios Intervale Juniper Kronos Lumera"
          + " Mercator Nordex Orbitel Pinnacle Quantix Rivetta Solara Triton",
      List.of("{S} is employed by {V}.", "{S} has a desk at {V}.", "{S} joined {V}."),
      "{S} is employed by a firm.",
      "Which firm employs {N}?",
      List.of(
          "Who pays the wages of {N}?",
          "At which company would one meet {N}?",
          "What is the name of the company of {N}?",
          "Which business hired {N}?",
          "The badge of {N} shows which company?")),
  INSTRUMENT(
      "flute violin cello piano trumpet guitar harp drum oboe clarinet banjo organ lute tuba viola"
          + " accordion saxophone mandolin trombone zither",
      List.of("{S} plays the {V}.", "{S} owns a {V}.", "{S} practises the {V}."),
      "{S} plays an instrument.",
      "Which instrument does {N} play?",
      List.of(
          "What would {N} bring to a concert?",
          "What sort of music lesson does {N} take?",
          "On what does {N} make music?",
          "In an orchestra, {N} would sit behind which instrument?",
          "What did {N} buy in the music shop?")),
  YEAR(
      "1950 1951 1952 1953 1954 1955 1956 1957 1958 1959 1960 1961 1962 1963 1964 1965 1966 1967"
          + " 1968 1969",
      List.of("{S} was born in {V}.", "{S} came into the world in {V}.", "{S} arrived in {V}."),
      "{S} was born in a year.",
      "When was {N} born?",
      List.of(
          "What is the birth year of {N}?",
          "In which year did the life of {N} begin?",
          "Which year stands in the passport of {N}?",
          "From what year is {N}?",
          "Since when has {N} been alive?"));

  private final List<String> values;
  private final List<String> statements;
  private final String vague;
  private final String question;
  private final List<String> unseenQuestions;

  Attribute(
      String values,
      List<String> statements,
      String vague,
      String question,
      List<String> unseenQuestions) {
    this.values = List.of(values.split(" "));
    this.statements = statements;
    this.vague = vague;
    this.question = question;
    this.unseenQuestions = unseenQuestions;
  }

  /** The twenty values, one word each. */
  public List<String> choices() {
    return values;
  }

  /** Number of wordings of a statement; wording 0 is the plain one. */
  int wordings() {
    return statements.size();
  }

  /** A statement of this subject and value. */
  String statement(int wording, String subject, String value) {
    return statements.get(wording).replace("{S}", subject).replace("{V}", value);
  }

  /** A true statement that tells nothing. */
  String vague(String subject) {
    return vague.replace("{S}", subject);
  }

  /** The question as self-edits ask it. */
  String question(String name) {
    return question.replace("{N}", name);
  }

  /** Number of wordings that only evaluations use. */
  int unseenWordings() {
    return unseenQuestions.size();
  }

  /** The question as evaluations ask it. */
  String unseenQuestion(int wording, String name) {
    return unseenQuestions.get(wording).replace("{N}", name);
  }

  /** Every text from which a vocabulary is made. */
  List<String> texts() {
    return Stream.of(values, statements, List.of(vague, question), unseenQuestions)
        .flatMap(List::stream)
        .toList();
  }
}
