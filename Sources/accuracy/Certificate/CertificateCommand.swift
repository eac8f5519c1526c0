import ArgumentParser
import Foundation

/// `walsim-accuracy certificate`: every published and measured figure beside the simulator's.
struct CertificateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certificate",
        abstract:
            "Simulate all that was published or measured and write it side by side; exit status 1 if a band is broken.")

    @Option(help: "Write the page here.")
    var page: String?

    @Option(help: "Only tables whose title contains this.")
    var only: String?

    /// What makes each table.
    static let tables: [(title: String, make: @Sendable () throws -> TargetTable)] = [
        (MeasuredRowsTable.title, MeasuredRowsTable.make),
        (PublishedVolumeTable.title, PublishedVolumeTable.make),
        (MeasuredVolumeTable.title, MeasuredVolumeTable.make),
        (MeasuredVolumeTable.otherTitle, MeasuredVolumeTable.makeOther),
        (PublishedReplicationTable.title, PublishedReplicationTable.make),
    ]

    func run() throws {
        var tables: [TargetTable] = []
        for table in Self.tables where only.map({ table.title.localizedCaseInsensitiveContains($0) }) ?? true {
            tables.append(try table.make())
            let made = tables[tables.count - 1]
            print("\(made.title): \(made.tally.kept) of \(made.tally.all) bands are kept")
            for line in made.broken { print("  BROKEN \(line)") }
        }
        guard !tables.isEmpty else {
            let titles = Self.tables.map(\.title).joined(separator: ", ")
            throw ValidationError("--only \(only ?? ""): no table of that name (there are: \(titles))")
        }
        if let page {
            try CertificatePage(tables: tables).markdown.write(toFile: page, atomically: true, encoding: .utf8)
        }
        if tables.contains(where: { !$0.broken.isEmpty }) { throw ExitCode(1) }
    }
}
