import Experiments
import Instrumentation
import Postgres
import SimTime
import Testing
import WaitEvents

@testable import Report

/// What sessions wait for besides WAL and CPU; each test starts from 40 sessions, of which 38 wait for one sync.
@Suite("The finding about waits elsewhere")
struct WaitingElsewhereTests {
    private func finding(counts: [SessionCountRow] = [], _ change: (inout SpanResult) -> Void) -> Finding {
        var span = Fixture.span()
        change(&span)
        var run = Fixture.run(seed: 1, span)
        run.sessionCounts = counts
        return Finding.of(Fixture.result([run]))
    }

    @Test("Where every commit waits for a standby that does not come, the standby is named")
    func nothingButStandby() {
        let finding = finding {
            $0.transactions = 0
            $0.longestCommitGap = .seconds(10)
            $0.waitEvents = [Fixture.row(WaitEvent.ipcSyncRep.name(in: .v16)!, 40)]
        }
        #expect(finding.rule == .nothing)
        #expect(finding.text.hasSuffix("active, 40.0 of them in IPC:SyncRep, where they wait for a standby."))
    }

    @Test("A standby that is gone for good is named, though no wait for it ever ends")
    func standbyGone() {
        let finding = finding {
            $0.longestCommitGap = .seconds(9)
            $0.waitEvents.append(Fixture.row(WaitEvent.ipcSyncRep.name(in: .v16)!, 20))
        }
        #expect(
            finding.text
                == "Nothing was committed for 9.00 s: sessions waited in IPC:SyncRep for a standby, none of which "
                + "answered."
        )
    }

    /// A gap of 905 ms in which sessions waited for a standby, whose longest sync took so long.
    private func standbyStall(sync: Nanoseconds) -> Finding {
        let syncRep = WaitEvent.ipcSyncRep.name(in: .v16)!
        let counts = [SessionCountRow(backendType: .clientBackend, event: syncRep, sessions: 32, samples: 9)]
        return finding(counts: counts) {
            $0.longestCommitGap = .milliseconds(905)
            $0.waitEvents.append(Fixture.row(syncRep, 20, each: .milliseconds(904), waits: 3))
            var row = Fixture.row(Fixture.walSync, 1, of: .walReceiver)
            row.waits = Fixture.histogram([(.milliseconds(2), 50), (sync, 1)])
            $0.waitEvents.append(row)
        }
    }

    @Test("A stall that a standby's slow sync made is the standby's, not the server's")
    func standbyStall() {
        let finding = standbyStall(sync: .milliseconds(900))
        #expect(finding.rule == .stall)
        #expect(
            finding.text == """
                Nothing was committed for 905 ms: up to 32 sessions waited in IPC:SyncRep for a standby: \
                one IO:WALSync in the standby's walreceiver took 900 ms. Half of the waits there take at most 2.00 ms.
                """)
    }

    @Test("A standby that did not answer is told apart from its slow sync at another time")
    func standbyDown() {
        #expect(
            standbyStall(sync: .milliseconds(500)).text == """
                Nothing was committed for 905 ms: up to 32 sessions waited in IPC:SyncRep for a standby, none of which \
                answered. One IO:WALSync in the standby's walreceiver took 500 ms. Half of the waits there take at \
                most 2.00 ms.
                """)
        #expect(standbyStall(sync: .milliseconds(9)).text.hasSuffix("for a standby, none of which answered."))
    }

    @Test("Waiting for a standby is told beside the wait for the flush here")
    func standby() {
        let finding = finding {
            $0.waitEvents = [
                Fixture.row(Fixture.walSync, 1, waits: 10), Fixture.row(Fixture.walWrite, 20, waits: 10),
                Fixture.row(WaitEvent.ipcSyncRep.name(in: .v16)!, 18, each: .milliseconds(3), waits: 5),
            ]
        }
        #expect(finding.rule == .standby)
        #expect(
            finding.text == """
                18.0 of 39.0 active sessions wait for a standby: they are in IPC:SyncRep, 3.00 ms on average. \
                21.0 wait for the primary's own flush.
                """)
    }

    @Test("Waiting for locked rows is told with what their owners wait for")
    func rowLocks() {
        let finding = finding {
            $0.waitEvents = [
                Fixture.row(Fixture.walSync, 1, waits: 10), Fixture.row(Fixture.walWrite, 9, waits: 10),
                Fixture.row(WaitEvent.lockTransactionid.name(in: .v16)!, 20, each: .milliseconds(8), waits: 5),
            ]
        }
        #expect(finding.rule == .rowLocks)
        #expect(
            finding.text == """
                20.0 of 30.0 active sessions wait for rows that other transactions have locked: 20.0 are in \
                Lock:transactionid, 8.00 ms on average. A row stays locked until its transaction has committed, and \
                IO:WALSync takes 2.00 ms.
                """)
    }
}
