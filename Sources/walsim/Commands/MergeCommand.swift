import ArgumentParser
import Experiments
import Report

/// `walsim merge`.
struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Join the shards of a sweep into one file.",
        discussion: """
            The result has the bytes that the sweep without --shard would have written.

            Exit status: 0 fine; 64 wrong usage; 65 the files are not all shards of one sweep; 66 no such file; 73 the \
            output cannot be written.

            Example:
              walsim merge shard-1.csv shard-2.csv --out grid.csv
            """)

    @Argument(help: "The shards' files.", completion: .file())
    var shards: [String]

    @Option(
        name: .customLong("out"), help: ArgumentHelp("The CSV file to write.", valueName: "file"), completion: .file())
    var output: String

    func validate() throws {
        if output.isEmpty { throw ValidationError("--out is empty; it is a file's path") }
    }

    func run() throws {
        try withExitStatus {
            var tables: [CSVTable] = []
            for file in shards { tables.append(try CSVTable(file: file)) }
            let merged = try SweepMerge.merge(tables)
            try OutputFile(path: output).write(SweepTable.csv(of: merged))
        }
    }
}
