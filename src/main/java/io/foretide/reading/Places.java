package io.foretide.reading;

/** Where the parts of one item of a body stand, such as a series. */
public interface Places {
    /** The item as a whole. */
    String here();

    /** A field such as {@code start} or {@code past/temp}. */
    String field(String path);

    /** An entry of an array such as {@code timestamps}. */
    String entry(String path, int index);

    /** Places by JSON pointer below a base: {@code /series/0}, or {@code line 3} and then {@code line 3: /target}. */
    record Pointers(String here, String separator) implements Places {
        public static Pointers in(String pointer) {
            return new Pointers(pointer, "/");
        }

        public static Pointers onLine(long line) {
            return new Pointers("line " + line, ": /");
        }

        @Override
        public String field(String path) {
            return here + separator + path;
        }

        @Override
        public String entry(String path, int index) {
            return field(path) + "/" + index;
        }

        /** A name as a part of a pointer. */
        public static String escaped(String name) {
            return name.replace("~", "~0").replace("/", "~1");
        }
    }

    /**
     * Places by the line of a row. Rows that follow each other cost nothing: only where a run of them starts is kept.
     */
    final class Lines implements Places {
        private final Longs runs = new Longs();
        private int rows;
        private long lastLine = -1;

        public void add(long line) {
            if (line != lastLine + 1 || rows == 0) {
                runs.add(rows);
                runs.add(line);
            }
            lastLine = line;
            rows++;
        }

        @Override
        public String here() {
            return entry("", 0);
        }

        @Override
        public String field(String path) {
            return here();
        }

        @Override
        public String entry(String path, int index) {
            int low = 0;
            int high = runs.size() / 2;
            while (high - low > 1) {
                int middle = (low + high) >>> 1;
                if (runs.get(2 * middle) <= index) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return "line " + (runs.get(2 * low + 1) + index - runs.get(2 * low));
        }
    }
}
