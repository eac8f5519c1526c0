import Testing

@testable import Postgres

/// Who waits for WALWriteLock, who is woken, and in what order.
@Suite struct QueueTests {
    /// L holds WALWriteLock; f1, w, f2, f3 and x come in this order.
    private func queueUp(_ script: Script) {
        let lock = script.walWriteLock
        script.take("L", lock)
        for (name, waitsUntilFree) in [("f1", true), ("w", false), ("f2", true), ("f3", true), ("x", false)] {
            script.begin(name, waitsUntilFree ? "take or wait" : "take") { process in
                if waitsUntilFree {
                    script.write("\(name) has the lock: \(process.LWLockAcquireOrWait(lock, .exclusive))")
                } else {
                    process.LWLockAcquire(lock, .exclusive)
                }
            }
        }
    }

    @Test("A release wakes those that wait for a free lock, newest first, then the first exclusive waiter")
    func wakeOrder() throws {
        let script = Script("L", "f1", "w", "f2", "f3", "x")
        let lock = script.walWriteLock
        try script.play {
            queueUp(script)
            script.release("L", lock)
            script.runWoken()
            script.release("w", lock)
            script.runWoken()
            script.release("x", lock)
        }
        #expect(
            script.transcript == """
                L: take
                L is done
                f1: take or wait
                f1 waits in LWLock:WALWrite
                w: take
                w waits in LWLock:WALWrite
                f2: take or wait
                f2 waits in LWLock:WALWrite
                f3: take or wait
                f3 waits in LWLock:WALWrite
                x: take
                x waits in LWLock:WALWrite
                L: release
                L wakes f3
                L wakes f2
                L wakes f1
                L wakes w
                L is done
                f3 goes on
                f3 has the lock: false
                f3 is done
                f2 goes on
                f2 has the lock: false
                f2 is done
                f1 goes on
                f1 has the lock: false
                f1 is done
                w goes on
                w is done
                w: release
                w wakes x
                w is done
                x goes on
                x is done
                x: release
                x is done
                """)
    }

    @Test(
        "Until a woken exclusive waiter has run, releases by others wake nobody; if it loses, it queues behind the next"
    )
    func releaseOKConsequence() throws {
        let script = Script("L", "f1", "w", "f2", "f3", "x", "f4")
        let lock = script.walWriteLock
        try script.play {
            queueUp(script)
            script.release("L", lock)
            script.run("f3")
            script.run("f2")
            script.run("f1")
            script.clearTranscript()
            script.begin("f3", "barge") { $0.LWLockAcquire(lock, .exclusive) }
            script.begin("f4", "take or wait") { _ = $0.LWLockAcquireOrWait(lock, .exclusive) }
            script.release("f3", lock)
            script.begin("f2", "barge") { $0.LWLockAcquire(lock, .exclusive) }
            script.run("w")
            script.release("f2", lock)
            script.runWoken()
            script.release("x", lock)
            script.runWoken()
            script.release("w", lock)
        }
        #expect(
            script.transcript == """
                f3: barge
                f3 is done
                f4: take or wait
                f4 waits in LWLock:WALWrite
                f3: release
                f3 is done
                f2: barge
                f2 is done
                w goes on
                w waits in LWLock:WALWrite
                f2: release
                f2 wakes f4
                f2 wakes x
                f2 is done
                f4 goes on
                f4 is done
                x goes on
                x is done
                x: release
                x wakes w
                x is done
                w goes on
                w is done
                w: release
                w is done
                """)
    }

    @Test("If only waiters for a free lock were woken, the next release wakes as usual")
    func onlyUntilFree() throws {
        let script = Script("L", "f1", "f2", "f3")
        let lock = script.walWriteLock
        try script.play {
            script.take("L", lock)
            script.begin("f1", "take or wait") { _ = $0.LWLockAcquireOrWait(lock, .exclusive) }
            script.begin("f2", "take or wait") { _ = $0.LWLockAcquireOrWait(lock, .exclusive) }
            script.clearTranscript()
            script.release("L", lock)
            script.write("flags: \(flags(lock))")
            script.take("L", lock)
            script.begin("f3", "take or wait") { _ = $0.LWLockAcquireOrWait(lock, .exclusive) }
            script.release("L", lock)
            script.runWoken()
        }
        #expect(
            script.transcript == """
                L: release
                L wakes f2
                L wakes f1
                L is done
                flags: RELEASE_OK
                L: take
                L is done
                f3: take or wait
                f3 waits in LWLock:WALWrite
                L: release
                L wakes f3
                L is done
                f2 goes on
                f2 is done
                f1 goes on
                f1 is done
                f3 goes on
                f3 is done
                """)
    }

    private func flags(_ lock: Script.Lock) -> String {
        let state = lock.state.load()
        let names = [
            (LWLockState.hasWaiters, "HAS_WAITERS"), (LWLockState.releaseOK, "RELEASE_OK"),
            (LWLockState.locked, "LOCKED"), (LWLockState.exclusive, "EXCLUSIVE"),
        ]
        return names.filter { state & $0.0 != 0 }.map(\.1).joined(separator: " ")
    }

    @Test("If a shared waiter comes first, all shared waiters are woken and no exclusive one")
    func sharedWaiters() throws {
        let script = Script("L", "s1", "x", "s2")
        let lock = script.server.procArray.lock
        try script.play {
            script.take("L", lock)
            script.begin("s1", "share") { $0.LWLockAcquire(lock, .shared) }
            script.take("x", lock)
            script.begin("s2", "share") { $0.LWLockAcquire(lock, .shared) }
            script.clearTranscript()
            script.release("L", lock)
            script.runWoken()
            script.begin("s1", "release") { $0.LWLockRelease(lock, .shared) }
            script.begin("s2", "release") { $0.LWLockRelease(lock, .shared) }
            script.runWoken()
            script.release("x", lock)
        }
        #expect(
            script.transcript == """
                L: release
                L wakes s1
                L wakes s2
                L is done
                s1 goes on
                s1 is done
                s2 goes on
                s2 is done
                s1: release
                s1 is done
                s2: release
                s2 wakes x
                s2 is done
                x goes on
                x is done
                x: release
                x is done
                """)
    }
}
