package org.seal4j.serve.http;

/** Hears of requests and says nothing. */
final class Silent implements Front.Visits {
  static final Front.Visits VISITS = new Silent();

  private Silent() {}

  @Override
  public void over(Call call, String path, int status, long nanos) {}

  @Override
  public void fault(Call call, Throwable fault) {}
}
