package org.seal4j.data.check;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jcodings.specific.UTF8Encoding;
import org.joni.Matcher;
import org.joni.Option;
import org.joni.Regex;
import org.joni.Syntax;
import org.joni.WarnCallback;
import org.joni.exception.JOniException;

/**
 * A regular expression from a file of another maker, which may be written to hold a program up. It
 * is matched by Joni, the Java port of Oniguruma (see
 * docs/decisions/0018-joni-for-expressions-of-strangers.md): no expression can overflow the stack,
 * and one that takes more than {@value #SECONDS} seconds of the processor is refused with its
 * source. Each byte of the texts earns ten microseconds more, a hundred times what published
 * expressions take. What other programs take of the processor does not count.
 *
 * <p>Safe for use by several threads.
 */
public final class UntrustedPattern {
  /** Longest expression, in characters; those of published models have up to 800. */
  static final int MOST_CHARACTERS = 20_000;

  /** What texts may take together, beside the time that their bytes earn. */
  static final int SECONDS = 2;

  private static final long EARNED = TimeUnit.MICROSECONDS.toNanos(10);

  private static final String UNFORESEEN = "it nests too deep, or joins what is not supported";

  /** How expressions are written. */
  public enum Dialect {
    /** Oniguruma's own syntax; classes follow Unicode. */
    ONIGURUMA(
        new Syntax(
            "Oniguruma",
            Syntax.RUBY.op,
            Syntax.RUBY.op2,
            Syntax.RUBY.op3,
            Syntax.RUBY.behavior,
            Syntax.RUBY.options & ~Option.ASCII_RANGE,
            Syntax.RUBY.metaCharTable)),
    /** Perl's syntax, which Python's {@code re} and Java share in all that lists of names need. */
    PERL(Syntax.PerlNG);

    @SuppressWarnings("ImmutableEnumChecker") // all fields of a syntax are final numbers
    private final Syntax syntax;

    Dialect(Syntax syntax) {
      this.syntax = syntax;
    }
  }

  /** Takes the places of matches, as bytes of the text in UTF-8. */
  @FunctionalInterface
  public interface Places {
    /** Takes the match from byte {@code start} up to byte {@code end}. */
    void accept(int start, int end);
  }

  private final String expression;
  private final String source;
  private final Regex found;
  private final Regex whole;
  private final long full;
  private final AtomicLong left;

  /**
   * Reads an expression.
   *
   * @param source the file and the field that it is from, for messages
   * @throws InputException when it cannot be read
   */
  public UntrustedPattern(String expression, Dialect dialect, String source) {
    this(expression, dialect, source, Duration.ofSeconds(SECONDS));
  }

  /**
   * As {@link #UntrustedPattern(String, Dialect, String)}, with another limit than {@value
   * #SECONDS} seconds.
   */
  UntrustedPattern(String expression, Dialect dialect, String source, Duration limit) {
    Checks.require(
        expression.length() <= MOST_CHARACTERS,
        "%s: the regular expression has %,d characters; at most %,d are read",
        source,
        expression.length(),
        MOST_CHARACTERS);
    this.expression = expression;
    this.source = source;
    full = limit.toNanos();
    left = new AtomicLong(full);
    found = compile(expression, dialect.syntax);
    whole = compile("\\A(?:" + expression + ")\\z", dialect.syntax);
  }

  private Regex compile(String text, Syntax syntax) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    try {
      return new Regex(
          utf8, 0, utf8.length, Option.NONE, UTF8Encoding.INSTANCE, syntax, WarnCallback.NONE);
    } catch (JOniException e) {
      throw unread(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException | StackOverflowError e) { // expressions that Joni does not foresee
      throw unread(UNFORESEEN, e);
    }
  }

  private InputException unread(String why, Throwable cause) {
    return new InputException(
        "%s: '%s' is no regular expression that can be read: %s; correct it"
            .formatted(source, Shown.text(expression), why),
        cause);
  }

  /**
   * Whether the expression matches this text as a whole.
   *
   * @throws InputException when all calls together have taken too long
   */
  public boolean matches(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    Spending spending = new Spending(utf8);
    int at = spending.search(whole.matcher(utf8), 0);
    spending.end();
    return at >= 0;
  }

  /**
   * Hands on the places of all matches from left to right. An empty match where the last one ended
   * is passed over, as Oniguruma's users do.
   *
   * @param utf8 the text in UTF-8
   * @throws InputException when this takes too long
   */
  public void places(byte[] utf8, Places places) {
    Spending spending = new Spending(utf8);
    Matcher matcher = found.matcher(utf8);
    int at = 0;
    int last = -1;
    while (at <= utf8.length) {
      if (spending.search(matcher, at) < 0) {
        break;
      }
      int end = matcher.getEnd();
      if (matcher.getBegin() == end && end == last) {
        at = next(utf8, at);
        continue;
      }
      places.accept(matcher.getBegin(), end);
      at = end;
      last = end;
    }
    spending.end();
  }

  private static int next(byte[] utf8, int at) {
    int next = at + 1;
    while (next < utf8.length && (utf8[next] & 0xc0) == 0x80) {
      next++;
    }
    return next;
  }

  /** The time of the processor that one text takes, out of what the expression has left. */
  private final class Spending {
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private final int length;
    private final long room;
    private final long start = CLOCK.getCurrentThreadCpuTime();

    /** When to look at the processor's time, by the wall clock, which is quicker to read. */
    private long lookAt;

    Spending(byte[] utf8) {
      length = utf8.length;
      room = left.get() + EARNED * length;
      lookAt = System.nanoTime() + room;
    }

    private long spent() {
      return CLOCK.getCurrentThreadCpuTime() - start;
    }

    /**
     * What Joni's search from a byte on gives: negative where there is no match. Its limit is of
     * the wall clock; a search that was held up by others is begun again. Its {@code match} would
     * forget when it began, so that every limit had passed.
     */
    int search(Matcher matcher, int from) {
      while (true) {
        long nanos = lookAt - System.nanoTime();
        if (nanos > 0) {
          matcher.setTimeout(nanos);
          int at = searched(matcher, from);
          if (at != Matcher.INTERRUPTED) {
            return at;
          }
        }
        long rest = room - spent();
        if (rest <= 0) {
          String seconds = BigDecimal.valueOf(full, 9).stripTrailingZeros().toPlainString();
          throw new InputException(unfit("takes more than %s s".formatted(seconds)));
        }
        // Begun again: what it has taken so far is lost, so give it the whole once more.
        lookAt = System.nanoTime() + room;
      }
    }

    private int searched(Matcher matcher, int from) {
      try {
        return matcher.search(from, length, Option.NONE);
      } catch (RuntimeException e) { // expressions that Joni does not foresee
        throw unread(UNFORESEEN, e);
      } catch (OutOfMemoryError e) { // what is remembered of a text grows with its choices
        throw new InputException(unfit("needs more memory than there is"), e);
      }
    }

    void end() {
      long over = spent() - EARNED * length;
      left.updateAndGet(before -> Math.min(full, before - over));
    }
  }

  private String unfit(String what) {
    return "%s: the regular expression '%s' %s; write it without nested repetitions"
        .formatted(source, Shown.text(expression), what);
  }
}
