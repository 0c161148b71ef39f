package io.foretide.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** A process that commits rows and prints the number of each that was confirmed, until it is killed. */
final class CommittingProcess {
    private CommittingProcess() {}

    static Process start(Path folder, int first) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CommittingProcess.class.getName(),
                        H2Url.inFolder(folder.toString()).value(),
                        String.valueOf(first)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = DriverManager.getConnection(arguments[0], "sa", "");
                var statement = connection.createStatement()) {
            statement.execute("create table if not exists confirmed (number integer primary key)");
            connection.setAutoCommit(false);
            commitForever(connection, Integer.parseInt(arguments[1]));
        }
    }

    private static void commitForever(Connection connection, int first) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into confirmed (number) values (?)")) {
            for (int number = first; number < Integer.MAX_VALUE; number++) {
                insert.setInt(1, number);
                insert.executeUpdate();
                connection.commit();
                System.out.println(number);
            }
        }
    }
}
