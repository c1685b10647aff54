package io.plimsoll.server.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.server.it.Answers.Answer;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Asks one instance all the time, and holds each answer against the full one: it has to be full as well, or to say what it
 * lacks, or to be a problem that names an instance.
 */
final class Load implements AutoCloseable {

    private static final int THREADS = 4;
    private static final Map<String, String> LISTS = Map.of(
            "/api/v1/markets", "markets",
            "/api/v1/tipping-points", "markets",
            "/api/v1/system", "subjects",
            "/api/v1/accounts?limit=1000", "accounts");

    private final Answers answers;
    private final int port;
    private final Map<String, Answer> full;
    private final List<String> paths;
    private final long mostMs;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicLong longestMs = new AtomicLong();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final ConcurrentMap<String, Integer> kinds = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, String> notFull = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /**
     * A load that has not begun.
     *
     * @param full what is asked for, and the answer of a good moment
     * @param mostMs that an answer may take
     */
    Load(Answers answers, int port, Map<String, Answer> full, long mostMs) {
        this.answers = answers;
        this.port = port;
        this.full = full;
        this.paths = full.entrySet().stream()
                .filter(entry -> entry.getValue().status() == 200)
                .map(Map.Entry::getKey)
                .toList();
        this.mostMs = mostMs;
    }

    void start() {
        for (int i = 0; i < THREADS; i++) {
            threads.execute(() -> {
                while (!stopped) {
                    ask(paths.get(next.getAndIncrement() % paths.size()));
                }
            });
        }
    }

    private void ask(String path) {
        try {
            Answer answer = answers.get(port, path);
            longestMs.accumulateAndGet(answer.tookMs(), Math::max);
            if (answer.tookMs() > mostMs) {
                wrong.add(path + " took " + answer.tookMs() + " ms");
            }
            judge(answer);
        } catch (HttpTimeoutException e) {
            wrong.add(path + " hangs");
        } catch (IOException e) {
            wrong.add(path + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            wrong.add(path + " cannot be judged: " + e);
        }
    }

    private void judge(Answer answer) {
        String path = answer.path();
        if (answer.status() == 200 && !answer.isPartial() && !answer.isStale()) {
            notFull.remove(path);
        } else {
            notFull.put(path, Answers.lasting(answer));
        }
        if (answer.status() == 502 || answer.status() == 503 || answer.status() == 504) {
            String told = answer.body().path("detail").asText();
            count("problem " + answer.status() + (told.contains("127.0.0.1:") ? " naming " + port(told) : ""));
            if (!told.contains("127.0.0.1:") && !answer.body().has("servedBy")) {
                wrong.add(path + " names no instance: " + answer.body());
            }
        } else if (answer.status() != 200) {
            wrong.add(path + " is " + answer.status() + " " + answer.body());
        } else if (answer.isPartial()) {
            judgePartial(answer);
        } else {
            count(answer.isStale() ? "full of copies" : "full");
            String list = LISTS.get(path);
            if (list != null && !answer.ids(list).containsAll(expected(path, list))) {
                wrong.add(path + " lacks without a word: " + answer.ids(list) + " of " + expected(path, list));
            }
            if (path.startsWith("/api/v1/accounts/")
                    && !answer.body()
                            .path("missingPrices")
                            .equals(full.get(path).body().path("missingPrices"))) {
                wrong.add(path + " has no price, and says no more: " + answer.body());
            }
        }
        if (answer.isStale() && answer.status() == 200 && path.startsWith("/api/v1/accounts")) {
            count("copy of accounts");
        }
    }

    private void judgePartial(Answer answer) {
        for (JsonNode each : answer.body().path("missing")) {
            count("lacks for " + each.path("reason").asText());
            if (!each.path("instance").asText().contains(":")
                    || each.path("partitions").isEmpty()
                    || each.path("of").asInt() < each.path("partitions").size()) {
                wrong.add(answer.path() + " does not say what is missing: " + each);
            }
        }
        if (answer.body().path("missing").isEmpty()) {
            wrong.add(answer.path() + " is partial, and names nothing");
        }
        String list = LISTS.get(answer.path());
        if (list != null && !list.equals("accounts")) {
            Set<String> told = new TreeSet<>(answer.ids(list));
            told.addAll(answer.missingIds());
            if (!told.containsAll(expected(answer.path(), list))) {
                wrong.add(answer.path() + " has or names only " + told + " of " + expected(answer.path(), list));
            }
        }
    }

    private Set<String> expected(String path, String list) {
        return full.get(path).ids(list);
    }

    private static String port(String told) {
        return told.replaceAll(".*127\\.0\\.0\\.1:(\\d+).*", "$1");
    }

    private void count(String kind) {
        kinds.merge(kind, 1, Integer::sum);
    }

    boolean hasLacked(String reason) {
        return kinds.containsKey("lacks for " + reason);
    }

    boolean hasSeenCopies() {
        return kinds.containsKey("copy of accounts");
    }

    int problemsNaming(int instance) {
        return kinds.entrySet().stream()
                .filter(kind ->
                        kind.getKey().startsWith("problem") && kind.getKey().endsWith(" " + instance))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** What the last answers to were not full, with the newest of them. */
    Map<String, String> notFull() {
        return new TreeMap<>(notFull);
    }

    /** What no answer may be. */
    List<String> wrong() {
        return wrong.stream().limit(20).collect(Collectors.toCollection(ArrayList::new));
    }

    /** Returns when the last answer has come. */
    void stop() throws InterruptedException {
        stopped = true;
        threads.shutdown();
        if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
            wrong.add("requests hang");
        }
    }

    @Override
    public void close() {
        stopped = true;
        threads.shutdownNow();
    }

    @Override
    public String toString() {
        return "longest answer " + longestMs + " ms, " + new TreeMap<>(kinds);
    }
}
