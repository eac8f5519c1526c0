import Testing
import WaitEvents

@testable import Postgres

/// Groups whose leader clears everybody's xid, or sets everybody's commit status.
@Suite struct GroupUpdateTests {
    @Test(
        "Those who find ProcArrayLock taken gather behind the first, who clears all their xids at once",
        arguments: PostgresRelease.modern)
    func clearXids(release: PostgresRelease) throws {
        let script = Script("H", "A", "B", "C", release: release)
        let lock = script.server.procArray.lock
        try script.play {
            for name in ["A", "B", "C"] { script.begin(name, "assign") { $0.assignTransactionIdIfNeeded() } }
            script.begin("H", "take a snapshot") { $0.LWLockAcquire(lock, .shared) }
            script.clearTranscript()
            for name in ["A", "B", "C"] { script.begin(name, "end") { $0.ProcArrayEndTransaction() } }
            script.begin("H", "release") { $0.LWLockRelease(lock, .shared) }
            #expect(["A", "B", "C"].allSatisfy { script.session($0).process.xid != 0 })
            script.run("A")
            #expect(["A", "B", "C"].allSatisfy { script.session($0).process.xid == 0 })
            script.runWoken()
        }
        let event = release >= .v17 ? "ProcarrayGroupUpdate" : "ProcArrayGroupUpdate"
        #expect(
            script.transcript == """
                A: end
                A waits in LWLock:ProcArray
                B: end
                B waits in IPC:\(event)
                C: end
                C waits in IPC:\(event)
                H: release
                H wakes A
                H is done
                A goes on
                A wakes C
                A wakes B
                A is done
                C goes on
                C is done
                B goes on
                B is done
                """)
    }

    /// What the second of two processes waits in that want the same page of the commit log.
    private static let commitLogWaits: [(PostgresRelease, String, String)] = [
        (.v16, "LWLock:XactSLRU", "IPC:XactGroupUpdate"),
        (.v96, "LWLockNamed:CLogControlLock", "LWLockNamed:CLogControlLock"),
    ]

    @Test(
        "The commit log's group has a leader of its own, with a plain acquisition; in 9.6 each process is one",
        arguments: commitLogWaits)
    func commitLog(_ release: PostgresRelease, _ leaderWait: String, _ followerWait: String) throws {
        let script = Script("H", "A", "B", release: release)
        let lock = script.server.clog.lock(forPage: 0)
        try script.play {
            for name in ["A", "B"] { script.begin(name, "assign") { $0.assignTransactionIdIfNeeded() } }
            script.take("H", lock)
            script.clearTranscript()
            for name in ["A", "B"] { script.begin(name, "set status") { $0.TransactionIdCommitTree() } }
            script.release("H", lock)
            script.runWoken()
        }
        #expect(
            script.transcript == """
                A: set status
                A waits in \(leaderWait)
                B: set status
                B waits in \(followerWait)
                H: release
                H wakes A
                H is done
                A goes on
                A wakes B
                A is done
                B goes on
                B is done
                """)
    }

    @Test("A transaction on another page of the commit log does not join the group but waits for the lock itself")
    func otherPage() throws {
        let script = Script("H", "A", "B")
        let lock = script.server.clog.lock(forPage: 0)
        try script.play {
            script.begin("A", "assign") { $0.assignTransactionIdIfNeeded() }
            script.server.procArray.nextXid.store(32_768)
            script.begin("B", "assign") { $0.assignTransactionIdIfNeeded() }
            script.begin("H", "hold") { $0.LWLockAcquire(lock, .exclusive) }
            script.clearTranscript()
            for name in ["A", "B"] { script.begin(name, "set status") { $0.TransactionIdCommitTree() } }
            script.release("H", lock)
            script.runWoken()
        }
        #expect(script.lines.contains("B waits in LWLock:XactSLRU"))
        #expect(script.session("B").process.myProc.pointee.clogGroup.isMember.load() == 0)
    }

    @Test("From release 17 on pages of the commit log in different banks have different locks")
    func banks() {
        var settings = Settings()
        settings.sharedBuffers = 32_768
        // A server's shared memory goes with it.
        withExtendedLifetime(Script("A", release: .v16, settings: settings).server) { server in
            #expect(server.clog.lock(forPage: 0).id == server.clog.lock(forPage: 1).id)
        }
        withExtendedLifetime(Script("A", release: .v17, settings: settings).server) { server in
            #expect(server.clog.lock(forPage: 0).id != server.clog.lock(forPage: 1).id)
        }
    }

    @Test("While a commit waits for its flush the transaction still runs for everybody else")
    func visibleLast() throws {
        let script = Script("A", "B")
        try script.play {
            script.begin("A", "commit") { $0.commitOne() }
            script.begin("B", "look") { process in
                #expect(process.MinimumActiveBackends(1))
            }
            script.finishIO("A")
            script.begin("B", "look again") { process in
                #expect(!process.MinimumActiveBackends(1))
            }
        }
    }

    @Test("A wake-up that was meant for another wait is given back")
    func foreignWakeups() throws {
        let script = Script("H", "A")
        try script.play {
            script.take("H", script.walWriteLock)
            script.take("A", script.walWriteLock)
            script.begin("H", "post out of turn") { $0.machine.semaphorePost(1) }
            script.run("A")
            #expect(script.lines.last == "A waits in LWLock:WALWrite")
            script.release("H", script.walWriteLock)
            script.run("A")
            script.release("A", script.walWriteLock)
        }
        #expect(script.session("A").semaphore == 1)
    }

    @Test("So is one that comes while a member waits for its group's leader")
    func foreignWakeupsOfMembers() throws {
        let script = Script("H", "A", "B")
        let lock = script.server.procArray.lock
        try script.play {
            for name in ["A", "B"] { script.begin(name, "assign") { $0.assignTransactionIdIfNeeded() } }
            script.begin("H", "take a snapshot") { $0.LWLockAcquire(lock, .shared) }
            for name in ["A", "B"] { script.begin(name, "end") { $0.ProcArrayEndTransaction() } }
            script.begin("H", "post out of turn") { $0.machine.semaphorePost(2) }
            script.run("B")
            #expect(script.lines.last == "B waits in IPC:ProcArrayGroupUpdate")
            script.begin("H", "release") { $0.LWLockRelease(lock, .shared) }
            script.runWoken()
        }
        #expect(script.session("B").semaphore == 1)
    }
}
