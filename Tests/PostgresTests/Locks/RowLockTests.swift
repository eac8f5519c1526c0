import SimTime
import Testing
import WaitEvents

@testable import Postgres

/// Rows that several transactions want to update, and the locks on transactions and tuples that order them.
@Suite struct RowLockTests {
    private static let row = RowID(table: 0, row: 7)

    /// A server whose transactions lock rows.
    private static let transactions = [
        TransactionSpec(
            name: "t",
            statements: [
                StatementSpec(
                    name: "s", times: 1, cpu: nil, rows: [RowChoiceSpec(table: "t", count: 10)], records: [])
            ])
    ]

    private func script(_ release: PostgresRelease = .v16) -> Script {
        var settings = Settings()
        settings.synchronousCommit = .off
        let script = Script(
            "A", "B", "C", "D", release: release, settings: settings, transactions: Self.transactions)
        script.deviceIsInstant = true
        return script
    }

    private func update(_ script: Script, _ name: String, _ row: RowID = row) {
        script.begin(name, "update") { process in
            script.write("\(name) finds it \(process.lockRow(row))")
        }
    }

    private func commit(_ script: Script, _ name: String) {
        script.begin(name, "commit") { $0.CommitTransaction() }
    }

    @Test("A row that nobody else changes costs no lock; a second update by the same transaction neither")
    func uncontended() throws {
        let script = script()
        try script.play {
            update(script, "A")
            update(script, "A")
            update(script, "B", RowID(table: 1, row: 7))
            commit(script, "A")
            update(script, "C")
        }
        #expect(
            script.transcript == """
                A: update
                A finds it free
                A is done
                A: update
                A finds it free
                A is done
                B: update
                B finds it free
                B is done
                A: commit
                A is done
                C: update
                C finds it free
                C is done
                """)
    }

    @Test("The first in line waits for the transaction, the next for the tuple; then all wait for who came first")
    func line() throws {
        let script = script()
        try script.play {
            update(script, "A")
            script.clearTranscript()
            for name in ["B", "C", "D"] { update(script, name) }
            commit(script, "A")
            script.runWoken()
            script.write("--")
            commit(script, "B")
            script.runWoken()
            script.write("--")
            commit(script, "C")
            script.runWoken()
        }
        #expect(
            script.transcript == """
                B: update
                B waits at most 1s in Lock:transactionid
                C: update
                C waits at most 1s in Lock:tuple
                D: update
                D waits at most 1s in Lock:tuple
                A: commit
                A sets B's latch
                A is done
                B goes on
                B sets C's latch
                B finds it updatedMeanwhile
                B is done
                C goes on
                C sets D's latch
                C waits at most 1s in Lock:transactionid
                D goes on
                D waits at most 1s in Lock:transactionid
                --
                B: commit
                B sets C's latch
                B sets D's latch
                B is done
                C goes on
                C finds it updatedMeanwhile
                C is done
                D goes on
                D waits at most 1s in Lock:transactionid
                --
                C: commit
                C sets D's latch
                C is done
                D goes on
                D finds it updatedMeanwhile
                D is done
                """)
    }

    @Test("Two transactions that want each other's rows: who has waited for deadlock_timeout gives up")
    func deadlock() throws {
        let script = script()
        let other = RowID(table: 0, row: 8)
        try script.play {
            update(script, "A")
            update(script, "B", other)
            script.clearTranscript()
            update(script, "A", other)
            update(script, "B")
            script.finishSleep("A")
            script.begin("A", "abort") { $0.AbortTransaction() }
            script.runWoken()
        }
        #expect(
            script.transcript == """
                A: update
                A waits at most 1s in Lock:transactionid
                B: update
                B waits at most 1s in Lock:transactionid
                A goes on
                A finds it deadlock
                A is done
                A: abort
                A sets B's latch
                A is done
                B goes on
                B finds it updatedMeanwhile
                B is done
                """)
    }

    @Test("A long wait that is no deadlock goes on after deadlock_timeout")
    func longWait() throws {
        let script = script()
        try script.play {
            update(script, "A")
            update(script, "B")
            script.clearTranscript()
            script.finishSleep("B")
            commit(script, "A")
            script.runWoken()
        }
        #expect(
            script.transcript == """
                B goes on
                B waits in Lock:transactionid
                A: commit
                A sets B's latch
                A is done
                B goes on
                B finds it updatedMeanwhile
                B is done
                """)
    }

    @Test("A process asleep for a row does not count as active for commit_siblings, though it has a transaction id")
    func siblings() throws {
        let script = script()
        var active: [Bool] = []
        try script.play {
            update(script, "A")
            script.begin("D", "count") { active.append($0.MinimumActiveBackends(1)) }
            update(script, "B")
            script.begin("D", "count") { active.append($0.MinimumActiveBackends(2)) }
            commit(script, "A")
            script.runWoken()
            update(script, "A", RowID(table: 3, row: 1))
            script.begin("D", "count") { active.append($0.MinimumActiveBackends(2)) }
        }
        #expect(active == [true, false, true])
    }

    @Test("The locks outlast the flush: nobody gets the row before the commit is durable and visible")
    func heldThroughFlush() throws {
        let script = Script("A", "B", transactions: Self.transactions)
        try script.play {
            script.begin("A", "update") {
                _ = $0.lockRow(Self.row); $0.insert()
            }
            update(script, "B")
            script.clearTranscript()
            commit(script, "A")
            script.finishIO("A")
            script.runWoken()
            script.begin("B", "roll back") { $0.AbortTransaction() }
        }
        #expect(
            script.transcript.contains(
                """
                A waits in IO:WALSync
                A goes on
                A sets B's latch
                A is done
                B goes on
                B finds it updatedMeanwhile
                """))
    }
}
