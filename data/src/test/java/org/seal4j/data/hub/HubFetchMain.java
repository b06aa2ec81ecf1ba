package org.seal4j.data.hub;

import java.util.Map;

/** Fetches in a process of its own: the address of a hub, HF_HOME, and what to fetch. */
final class HubFetchMain {
  private HubFetchMain() {}

  public static void main(String[] args) {
    HubSettings settings = HubSettings.of(Map.of("HF_ENDPOINT", args[0], "HF_HOME", args[1])::get);
    HubFetch.Fetched fetched =
        HubFetch.fetch(settings, HubName.parse(args[2]), HubListener.silent());
    System.out.println(fetched.path());
  }
}
