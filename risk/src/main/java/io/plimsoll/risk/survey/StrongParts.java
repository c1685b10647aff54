package io.plimsoll.risk.survey;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** Strongly connected parts of a directed graph (Tarjan 1972), without recursion. */
final class StrongParts {

    private static final int UNSEEN = -1;

    private final int[][] edges;
    private final int[] number;
    private final int[] lowest;
    private final boolean[] open;
    private final int[] nextEdge;
    private final Deque<Integer> waiting = new ArrayDeque<>();
    private final List<int[]> parts = new ArrayList<>();
    private int seen;

    private StrongParts(int[][] edges) {
        this.edges = edges;
        number = new int[edges.length];
        Arrays.fill(number, UNSEEN);
        lowest = new int[edges.length];
        open = new boolean[edges.length];
        nextEdge = new int[edges.length];
    }

    /**
     * The parts.
     *
     * @param edges nodes that each node leads to
     */
    static List<int[]> of(int[][] edges) {
        StrongParts search = new StrongParts(edges);
        for (int node = 0; node < edges.length; node++) {
            if (search.number[node] == UNSEEN) {
                search.from(node);
            }
        }
        return search.parts;
    }

    private void from(int root) {
        Deque<Integer> path = new ArrayDeque<>();
        enter(root, path);
        while (!path.isEmpty()) {
            int node = path.getLast();
            if (nextEdge[node] < edges[node].length) {
                int to = edges[node][nextEdge[node]++];
                if (number[to] == UNSEEN) {
                    enter(to, path);
                } else if (open[to]) {
                    lowest[node] = Math.min(lowest[node], number[to]);
                }
                continue;
            }
            path.removeLast();
            Integer before = path.peekLast();
            if (before != null) {
                lowest[before] = Math.min(lowest[before], lowest[node]);
            }
            if (lowest[node] == number[node]) {
                close(node);
            }
        }
    }

    private void enter(int node, Deque<Integer> path) {
        number[node] = seen;
        lowest[node] = seen++;
        open[node] = true;
        waiting.addLast(node);
        path.addLast(node);
    }

    private void close(int node) {
        List<Integer> part = new ArrayList<>();
        int member;
        do {
            member = waiting.removeLast();
            open[member] = false;
            part.add(member);
        } while (member != node);
        parts.add(part.stream().mapToInt(Integer::intValue).toArray());
    }
}
