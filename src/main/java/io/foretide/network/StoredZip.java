package io.foretide.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A zip that has one form only: known entries in a known order, stored as they are, without times, comments or extra
 * fields. Any program opens it, and the same contents give the same bytes under every release of Java.
 *
 * <p>Reading trusts no header. It finds each entry where that form has it, and then compares every other byte with what
 * writing these contents gives: a bit that was flipped, a claim that is too large, a path, a compressed entry or bytes
 * behind the end are all the same to it, a difference. Nothing is inflated, and nothing is allocated by a claimed size.
 * Public, as the artifacts of all tasks have this form.
 */
public final class StoredZip {
    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int CENTRAL_HEADER = 0x02014b50;
    private static final int END = 0x06054b50;

    private static final int LOCAL_LENGTH = 30;
    private static final int CENTRAL_LENGTH = 46;
    private static final int END_LENGTH = 22;

    /** Where a local header has what is read from it. */
    private static final int METHOD_AT = 8, SIZE_AT = 22, NAME_LENGTH_AT = 26;

    private static final short VERSION = 10;

    /** The format has no "no date"; this is its first, 1980-01-01. */
    private static final short NO_DATE = 0x21;

    private static final int LONGEST_NAME = 60;

    private StoredZip() {}

    /** What is wrong with bytes that are no such zip, as the rest of a sentence. */
    public static final class DifferentException extends RuntimeException {
        private static final long serialVersionUID = 1;

        DifferentException(String reason) {
            super(reason);
        }
    }

    /** An entry; its content is only looked at. */
    public record Entry(String name, ByteBuffer content) {
        public Entry(String name, byte[] content) {
            this(name, ByteBuffer.wrap(content));
        }

        private byte[] nameBytes() {
            return name.getBytes(StandardCharsets.US_ASCII);
        }

        private int size() {
            return content.remaining();
        }
    }

    /** An entry, the bytes in front of it, and what the directory says of it. */
    private record Placed(Entry entry, byte[] header, byte[] listing) {}

    /** The zip of some entries, in their order. */
    public static byte[] write(List<Entry> entries) {
        List<Placed> placed = place(entries);
        byte[] end = end(placed);
        long size = (long) offsetAfter(placed) + end.length;
        ByteBuffer zip = ByteBuffer.allocate(Math.toIntExact(size));
        for (Placed one : placed) {
            zip.put(one.header()).put(one.entry().content().duplicate());
        }
        return zip.put(end).array();
    }

    /** The entries of these names, in this order; each is a view of the bytes. */
    public static List<Entry> read(byte[] zip, List<String> names) {
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        List<Entry> entries = new ArrayList<>();
        int at = 0;
        for (String name : names) {
            Entry entry = find(bytes, at, name);
            entries.add(entry);
            at += LOCAL_LENGTH + name.length() + entry.size();
        }
        requireNothingElse(bytes, place(entries));
        return entries;
    }

    /** The first entry of a zip that has that name; of all else it may hold nothing is looked at. */
    static Entry first(byte[] zip, String name) {
        return find(ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN), 0, name);
    }

    private static Entry find(ByteBuffer zip, int at, String name) {
        int content = at + LOCAL_LENGTH + name.length();
        if (content > zip.limit()) {
            throw new DifferentException("it ends where the entry %s should be".formatted(name));
        }
        if (zip.getInt(at) != LOCAL_HEADER) {
            throw new DifferentException("there is no entry %s after %d bytes".formatted(name, at));
        }
        String found = nameAt(zip, at);
        if (!found.equals(name)) {
            throw new DifferentException("it has an entry '%s' where %s should be".formatted(found, name));
        }
        if (zip.getShort(at + METHOD_AT) != 0) {
            throw new DifferentException(
                    "its entry %s is compressed, and entries are stored as they are".formatted(name));
        }
        int size = zip.getInt(at + SIZE_AT);
        if (size < 0 || size > zip.limit() - content) {
            throw new DifferentException("its entry %s claims %d bytes, and %d bytes follow"
                    .formatted(name, Integer.toUnsignedLong(size), zip.limit() - content));
        }
        return new Entry(name, zip.slice(content, size));
    }

    /** The name in a local header, short and printable. */
    private static String nameAt(ByteBuffer zip, int at) {
        int length = Short.toUnsignedInt(zip.getShort(at + NAME_LENGTH_AT));
        int shown = Math.min(Math.min(length, LONGEST_NAME), zip.limit() - at - LOCAL_LENGTH);
        byte[] name = new byte[shown];
        zip.get(at + LOCAL_LENGTH, name);
        return new String(name, StandardCharsets.US_ASCII).replaceAll("[^\\x20-\\x7e]", "?")
                + (shown < length ? "…" : "");
    }

    private static void requireNothingElse(ByteBuffer zip, List<Placed> placed) {
        int at = 0;
        for (Placed one : placed) {
            if (!zip.slice(at, one.header().length).equals(ByteBuffer.wrap(one.header()))) {
                throw new DifferentException(
                        "its entry %s does not match its checksum, or a header of it is another than written here"
                                .formatted(one.entry().name()));
            }
            at += one.header().length + one.entry().size();
        }
        ByteBuffer end = ByteBuffer.wrap(end(placed));
        int left = zip.limit() - at;
        if (left != end.limit()) {
            throw new DifferentException(
                    "%d bytes follow its last entry, and there must be %d".formatted(left, end.limit()));
        }
        if (!zip.slice(at, left).equals(end)) {
            throw new DifferentException("its directory does not match its entries");
        }
    }

    private static List<Placed> place(List<Entry> entries) {
        List<Placed> placed = new ArrayList<>();
        for (Entry entry : entries) {
            int offset = offsetAfter(placed);
            byte[] about = about(entry);
            placed.add(new Placed(entry, header(entry, about), listing(entry, about, offset)));
        }
        return placed;
    }

    private static int offsetAfter(List<Placed> placed) {
        long offset = 0;
        for (Placed one : placed) {
            offset += one.header().length + (long) one.entry().size();
        }
        return Math.toIntExact(offset);
    }

    /** What both headers of an entry say: version, flags, method, time, date, checksum, sizes and lengths. */
    private static byte[] about(Entry entry) {
        var checksum = new CRC32();
        checksum.update(entry.content().duplicate());
        return littleEndian(26)
                .putShort(VERSION)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort(NO_DATE)
                .putInt((int) checksum.getValue())
                .putInt(entry.size())
                .putInt(entry.size())
                .putShort((short) entry.nameBytes().length)
                .putShort((short) 0)
                .array();
    }

    private static byte[] header(Entry entry, byte[] about) {
        byte[] name = entry.nameBytes();
        return littleEndian(LOCAL_LENGTH + name.length)
                .putInt(LOCAL_HEADER)
                .put(about)
                .put(name)
                .array();
    }

    /** Without a comment, a disk, or attributes of a file system. */
    private static byte[] listing(Entry entry, byte[] about, int offset) {
        byte[] name = entry.nameBytes();
        return littleEndian(CENTRAL_LENGTH + name.length)
                .putInt(CENTRAL_HEADER)
                .putShort(VERSION)
                .put(about)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(0)
                .putInt(offset)
                .put(name)
                .array();
    }

    /** The directory, and the record that ends the zip. */
    private static byte[] end(List<Placed> placed) {
        int directory = placed.stream().mapToInt(one -> one.listing().length).sum();
        ByteBuffer end = littleEndian(directory + END_LENGTH);
        placed.forEach(one -> end.put(one.listing()));
        return end.putInt(END)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) placed.size())
                .putShort((short) placed.size())
                .putInt(directory)
                .putInt(offsetAfter(placed))
                .putShort((short) 0)
                .array();
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
