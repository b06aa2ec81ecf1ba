package org.seal4j.model.blas;

import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/**
 * Sets a variable in the environment that native libraries read, for those that are loaded later.
 * Java has no call for it. JavaCPP frees native memory by calling a C function of one pointer, and
 * {@code putenv} is such a function. {@code System.getenv} does not see the variable.
 */
final class NativeVariable {
  private NativeVariable() {}

  /**
   * Sets a variable.
   *
   * @return whether that was possible: not where the C library shows no {@code putenv}, or another
   *     JavaCPP frees memory otherwise
   */
  static boolean set(String name, String value) {
    try {
      Loader.load(Loader.class);
      Pointer putenv = Loader.addressof("putenv");
      if (putenv == null) {
        return false;
      }
      // The C library keeps the text itself, so its memory must stay.
      byte[] text = (name + "=" + value + "\0").getBytes(StandardCharsets.US_ASCII);
      Pointer kept = Pointer.malloc(text.length);
      new BytePointer(kept).put(text, 0, text.length);
      call(putenv, kept);
      return true;
    } catch (ReflectiveOperationException | InaccessibleObjectException | LinkageError e) {
      return false;
    }
  }

  /** Calls a C function with one pointer. */
  private static void call(Pointer function, Pointer argument) throws ReflectiveOperationException {
    Class<?> type = Class.forName(Pointer.class.getName() + "$NativeDeallocator");
    Constructor<?> of = type.getDeclaredConstructor(Pointer.class, long.class, long.class);
    of.setAccessible(true);
    Method call = type.getDeclaredMethod("deallocate");
    call.setAccessible(true);
    call.invoke(of.newInstance(argument, argument.address(), function.address()));
  }
}
