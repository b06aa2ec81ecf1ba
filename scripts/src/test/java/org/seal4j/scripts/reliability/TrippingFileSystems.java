package org.seal4j.scripts.reliability;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file system of a JVM that is started with {@code
 * -Djava.nio.file.spi.DefaultFileSystemProvider} and this name: the real one, with every operation
 * that changes something told to {@link Trip} first. The product needs no hook for it.
 */
public final class TrippingFileSystems extends FileSystemProvider {
  private final FileSystemProvider real;
  private final FileSystem system;

  /** Called by the JVM with its own provider. */
  public TrippingFileSystems(FileSystemProvider real) {
    this.real = real;
    this.system = new TrippingFileSystem(this, real.getFileSystem(URI.create("file:///")));
  }

  /**
   * A path that leads back to this provider, whatever is resolved or normalized. One that does
   * already is the same: the real provider makes such paths of {@code file:/x}, by way of a File.
   */
  Path wrap(Path path) {
    return (Path)
        Proxy.newProxyInstance(
            TrippingFileSystems.class.getClassLoader(),
            new Class<?>[] {Path.class},
            new Wrapped(real(path)));
  }

  private final class Wrapped implements InvocationHandler {
    private final Path path;

    Wrapped(Path path) {
      this.path = path;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
        throws Throwable {
      if (method.getName().equals("getFileSystem")) {
        return system;
      }
      if (method.getName().equals("toFile")) {
        return new File(path.toString()); // a path refuses it where it is not of the default system
      }
      Object[] plain = args == null ? new Object[0] : args.clone();
      for (int i = 0; i < plain.length; i++) {
        plain[i] = plain[i] instanceof Path given ? real(given) : plain[i];
      }
      try {
        Object result = method.invoke(path, plain);
        if (result instanceof Path found) {
          return wrap(found);
        }
        return result instanceof Iterator<?> names ? wrapped(names) : result;
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }

  private Iterator<Path> wrapped(Iterator<?> names) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return names.hasNext();
      }

      @Override
      public Path next() {
        return wrap((Path) names.next());
      }
    };
  }

  /** The path of the real file system. */
  static Path real(Path path) {
    return Proxy.isProxyClass(path.getClass())
            && Proxy.getInvocationHandler(path) instanceof Wrapped wrapped
        ? wrapped.path
        : path;
  }

  @Override
  public String getScheme() {
    return real.getScheme();
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> env) throws IOException {
    return real.newFileSystem(uri, env);
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return system;
  }

  @Override
  public Path getPath(URI uri) {
    return wrap(real.getPath(uri));
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    boolean changes = !options.isEmpty() && !Set.of(StandardOpenOption.READ).equals(options);
    if (changes) {
      Trip.before("open", real(path));
    }
    FileChannel channel = real.newFileChannel(real(path), options, attributes);
    return changes ? new TrippingChannel(channel, real(path)) : channel;
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    DirectoryStream<Path> names =
        real.newDirectoryStream(real(folder), name -> filter.accept(wrap(name)));
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return wrapped(names.iterator());
      }

      @Override
      public void close() throws IOException {
        names.close();
      }
    };
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    Trip.before("create", real(folder));
    real.createDirectory(real(folder), attributes);
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    Trip.before("link", real(link));
    real.createSymbolicLink(real(link), real(target), attributes);
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    return wrap(real.readSymbolicLink(real(link)));
  }

  @Override
  public void delete(Path path) throws IOException {
    Trip.before("delete", real(path));
    real.delete(real(path));
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    Trip.before("copy to", real(target));
    real.copy(real(source), real(target), options);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    Trip.before("move to", real(target));
    real.move(real(source), real(target), options);
  }

  @Override
  public boolean isSameFile(Path one, Path other) throws IOException {
    return real.isSameFile(real(one), real(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return real.isHidden(real(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return real.getFileStore(real(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    real.checkAccess(real(path), modes);
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return real.getFileAttributeView(real(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return real.readAttributes(real(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    return real.readAttributes(real(path), names, options);
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options)
      throws IOException {
    real.setAttribute(real(path), name, value, options);
  }
}
