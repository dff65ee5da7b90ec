package io.warmfold.local.sagemaker.instance;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Archives as {@code model.tar.gz} is one: POSIX ustar, compressed.
 *
 * <p>Reading also takes GNU's long names and skips what it does not know, such as links.
 */
final class Archive {

  private static final int BLOCK = 512;
  private static final int NAME = 100;

  private Archive() {}

  /** Writes every file below a folder. */
  static void write(Path folder, Path archive) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    try (OutputStream out =
        new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(archive)), 1 << 16)) {
      for (Path file : files) {
        String name = folder.relativize(file).toString();
        byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
        if (encoded.length > NAME) {
          out.write(header("././@LongLink".getBytes(StandardCharsets.UTF_8), encoded.length, 'L'));
          out.write(encoded);
          out.write(new byte[padding(encoded.length)]);
        }
        long size = Files.size(file);
        out.write(header(encoded, size, '0'));
        Files.copy(file, out);
        out.write(new byte[padding(size)]);
      }
      out.write(new byte[2 * BLOCK]);
    }
  }

  /** Reads every file into a folder. */
  static void read(Path archive, Path folder) throws IOException {
    try (InputStream in =
        new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)), 1 << 16)) {
      String longName = null;
      byte[] header = in.readNBytes(BLOCK);
      while (header.length == BLOCK && header[0] != 0) {
        long size = Long.parseLong(text(header, 124, 12).strip(), 8);
        char type = (char) header[156];
        String prefix = text(header, 345, 155);
        String name =
            longName != null
                ? longName
                : (prefix.isEmpty() ? "" : prefix + "/") + text(header, 0, NAME);
        longName = null;
        if (type == 'L') {
          longName =
              new String(in.readNBytes((int) size), StandardCharsets.UTF_8).replace("\0", "");
        } else if (type == '0' || type == 0) {
          copy(in, size, inside(folder, name));
        } else {
          in.skipNBytes(size);
        }
        in.skipNBytes(padding(size));
        header = in.readNBytes(BLOCK);
      }
    }
  }

  private static Path inside(Path folder, String name) throws IOException {
    Path file = folder.resolve(name).normalize();
    if (!file.startsWith(folder)) {
      throw new IOException("the archive's " + name + " is outside of it");
    }
    Files.createDirectories(file.getParent());
    return file;
  }

  private static void copy(InputStream in, long size, Path to) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(to)) {
      for (long left = size; left > 0; ) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          throw new EOFException("the archive ends within " + to.getFileName());
        }
        out.write(buffer, 0, read);
        left -= read;
      }
    }
  }

  private static byte[] header(byte[] name, long size, char type) {
    byte[] header = new byte[BLOCK];
    System.arraycopy(name, 0, header, 0, Math.min(name.length, NAME));
    put(header, 100, "0000644\0");
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, String.format("%011o\0", size));
    put(header, 136, "00000000000\0");
    put(header, 148, "        ");
    header[156] = (byte) type;
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, String.format("%06o\0 ", sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.UTF_8);
  }

  private static int padding(long size) {
    return (int) ((BLOCK - size % BLOCK) % BLOCK);
  }
}
