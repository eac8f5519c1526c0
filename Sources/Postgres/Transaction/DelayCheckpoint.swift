import SimTime
import WaitEvents

/// Keeping a checkpoint from starting between a commit's record and its status (xact.c, procarray.c;
/// DELAY_CHKPT_START).
///
/// A checkpoint whose redo point lies behind the record must see the status, which recovery would not set again. A
/// process's word counts up when its commit begins and when it has ended: an odd value says that it is in one, and a
/// value that has changed, that it was another.
extension ServerProcess {
    /// A commit begins to be recorded (proc.h, `delayChkptFlags |= DELAY_CHKPT_START`).
    @inline(__always)
    func beginDelayingCheckpoints() { _ = myProc.pointee.delayChkpt.fetchAdd(1) }

    /// The commit is in the commit log.
    @inline(__always)
    func endDelayingCheckpoints() { _ = myProc.pointee.delayChkpt.fetchAdd(1) }

    /// How long the checkpointer sleeps between two looks.
    private var pollInterval: Nanoseconds { .milliseconds(10) }

    /// Sleeps until every commit that is being recorded now has its status (the loop over
    /// GetVirtualXIDsDelayingChkpt in xlog.c, CreateCheckPoint).
    func awaitCommitsInProgress() {
        var delaying = processesDelayingCheckpoints()
        // Once the server stops nobody reads this checkpoint.
        while !delaying.isEmpty, !machine.shutdownRequested {
            machine.report(.ipcCheckpointDelayStart)
            machine.sleep(pollInterval, .checkpoint)
            machine.report(.none)
            // procarray.c, HaveVirtualXIDsDelayingChkpt.
            LWLockAcquire(server.procArray.lock, .shared)
            machine.accrue(.snapshot)
            delaying.removeAll { procs[$0.process].delayChkpt.load() != $0.commit }
            LWLockRelease(server.procArray.lock, .shared)
        }
    }

    /// procarray.c, GetVirtualXIDsDelayingChkpt.
    private func processesDelayingCheckpoints() -> [(process: ProcNumber, commit: UInt64)] {
        LWLockAcquire(server.procArray.lock, .shared)
        machine.accrue(.snapshot)
        let delaying: [(process: ProcNumber, commit: UInt64)] = (0..<server.procGlobal.count).compactMap {
            let commit = procs[$0].delayChkpt.load()
            return commit % 2 == 1 ? ($0, commit) : nil
        }
        LWLockRelease(server.procArray.lock, .shared)
        return delaying
    }

    /// The same for what must be complete before the checkpoint is (DELAY_CHKPT_COMPLETE): only truncations of
    /// relations ask for that, of which there are none, so that one look is enough.
    func awaitTruncationsInProgress() {
        LWLockAcquire(server.procArray.lock, .shared)
        machine.accrue(.snapshot)
        LWLockRelease(server.procArray.lock, .shared)
    }
}
