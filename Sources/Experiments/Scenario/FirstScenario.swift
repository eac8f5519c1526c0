import WaitEvents

/// A first scenario from a few values: one server, one device, one group of clients, with comments that say what to
/// change.
public struct FirstScenario: Sendable {
    /// The scenario's name.
    public var name = "first"
    /// The server's major release.
    public var release = PostgresRelease.v16.rawValue
    /// Cores of its machine.
    public var cores = 8
    /// What a sync takes: a duration, or a distribution as a scenario spells it.
    public var sync = "1ms"
    /// Connections in a closed loop.
    public var clients = 32
    /// The transaction that they run: a built-in one.
    public var transaction = "insert"
    /// `commit_delay` in microseconds.
    public var commitDelay = 0
    /// The measured span.
    public var duration = "20s"

    /// The defaults.
    public init() {}

    /// The built-in transactions.
    public static var transactions: [String] { BuiltInTransactions.names }

    /// The scenario's text, with comments, ending in a line feed.
    public var text: String {
        """
        // A first scenario. Check it with `walsim validate`, run it with `walsim run`; every key and its default is in
        // Scenarios/README.md, and scenario.schema.json beside it lets editors complete keys.
        {
          "name": \(jsonQuoted(name)),
          "description": "A first scenario: \(clients) clients on \(cores) cores.",
          "duration": \(jsonQuoted(duration)),
          "server": {
            "version": \(jsonQuoted(release)),
            // PostgreSQL's names, units and limits. A postgresql.conf: "settings_file": "postgresql.conf".
            "settings": {"wal_sync_method": "fdatasync", "commit_delay": \(commitDelay), "commit_siblings": 5},
          },
          "host": {
            "cores": \(cores),
            // What an fdatasync takes; `walsim calibrate --fsync` finds the distribution of a real device.
            "storage": {"wal": {"sync": \(syncText)}},
          },
          // Closed loop: each client sends its next transaction when the last one is done. An open load of 2,000
          // transactions a second: "load": {"open": {"rate": 2000}}.
          "clients": {"count": \(clients), "load": "closed", "transaction": \(jsonQuoted(transaction))},
        }

        """
    }

    private var syncText: String {
        let trimmed = sync.drop { $0 == " " }
        return trimmed.hasPrefix("{") ? String(trimmed) : "{\"constant\": \(jsonQuoted(sync))}"
    }

    /// What is wrong with the values, as `walsim validate` would say it, but for the lines: nobody has seen the text.
    public func check() throws(InputError) {
        do throws(InputError) {
            _ = try loadScenario(text: text, file: "init")
        } catch {
            var error = error
            for index in error.problems.indices {
                let notes = error.problems[index].notes
                error.problems[index].notes = notes.map { $0.replacing(#/ in line \d+$/#, with: "") }
            }
            throw error
        }
    }
}
