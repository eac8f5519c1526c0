import Postgres
import SimTime
import WaitEvents

/// The machine that a script's sessions run on: no cost, a clock that only the script moves, and a line in the
/// transcript for all that the other sessions could notice.
struct ScriptedMachine: ReplicatingMachine {
    typealias Word = ScriptedWord
    typealias Memory = ScriptedMemory

    unowned let script: Script
    unowned let session: Session

    var now: Instant { script.clock }

    func spend(_ work: Work, _ amount: Int) { script.mayPause(session, before: .spending(work)) }
    func accrue(_ work: Work, _ amount: Int) { script.mayPause(session, before: .spending(work)) }
    func settle() { script.mayPause(session, before: .settling) }
    func spinPause() { script.pause(session, "spins") }
    func random() -> Double { 0.5 }

    func sleep(_ span: Nanoseconds, _ reason: SleepReason) {
        session.state = .asleep
        script.block(session, "sleeps \(span)\(script.shown(session.event))")
    }

    // MARK: Semaphores and latches

    func semaphoreWait() {
        if session.semaphore == 0 {
            session.state = .waitingForPost
            script.block(session, "waits\(script.shown(session.event))")
        }
        session.semaphore -= 1
    }

    func semaphorePost(_ process: ProcNumber) {
        let target = script.sessions[process]
        target.semaphore += 1
        if target !== session { script.write("\(session.name) wakes \(target.name)") }
        if case .waitingForPost = target.state { script.makeReady(target) }
    }

    func waitLatch(timeout: Nanoseconds) -> Bool {
        if !session.latchIsSet {
            session.state = .waitingForLatch
            script.block(session, "waits at most \(timeout)\(script.shown(session.event))")
        }
        return session.latchIsSet
    }

    func waitLatch() {
        guard !session.latchIsSet else { return }
        session.state = .waitingForLatch
        script.block(session, "waits\(script.shown(session.event))")
    }

    func takeInterrupt() -> Interrupt? {
        defer { session.interrupt = nil }
        return session.interrupt
    }

    func resetLatch() { session.latchIsSet = false }

    func setLatch(_ process: ProcNumber) {
        script.mayPause(session, before: .signalling)
        let target = script.sessions[process]
        script.write("\(session.name) sets \(target.name)'s latch")
        target.latchIsSet = true
        if case .waitingForLatch = target.state { script.makeReady(target) }
    }

    var shutdownRequested: Bool { script.shutdownRequested }

    // MARK: WAL

    func initializeWALPage(slot: Int, pageAddress: XLogRecPtr) {}
    func copyToWALBuffer(slot: Int, position: XLogRecPtr, record: XLogRecord, offset: Int, count: Int) {}

    func writeWAL(firstSlot: Int, pages: Int, segment: UInt64, offset: UInt64, durable: Bool) {
        let position = formatLSN(segment * script.server.xlog.geometry.segmentSize + offset)
        script.write("\(session.name) writes \(pages) page\(pages == 1 ? "" : "s") at \(position)")
        if durable { blockOnDevice() }
    }

    func syncWAL(segment: UInt64, method: WALSyncMethod) { blockOnDevice() }

    func writeNewSegment(isZeroFilled: Bool) { script.write("\(session.name) makes a segment") }
    func syncNewSegment() { blockOnDevice() }
    func installNewSegment(as segment: UInt64) { script.write("\(session.name) installs segment \(segment)") }
    func discardNewSegment() { script.write("\(session.name) drops the new segment") }
    func renameSegment(_ old: UInt64, to new: UInt64) {
        script.write("\(session.name) renames segment \(old) to \(new)")
    }
    func removeSegment(_ segment: UInt64) { script.write("\(session.name) removes segment \(segment)") }
    func syncWALDirectory() {}
    func writeDataPage(file: Int, block: Int) {}
    func writeBackDataPages(file: Int, firstBlock: Int, count: Int) {}
    func syncDataFile(_ file: Int) { blockOnDevice() }

    private func blockOnDevice() {
        guard !script.deviceIsInstant else { return }
        session.state = .waitingForDevice
        script.block(session, "waits\(script.shown(session.event))")
    }

    // MARK: Clients and reports

    func receive() -> ClientMessage { .terminate }
    func reply() {}
    func report(_ event: WaitEvent) { session.event = event }

    func observe(_ observation: Observation) {
        switch observation {
        case .walWritten: script.counts.walWrite += 1
        case .walSynced: script.counts.walSync += 1
        case .walBufferEvicted: script.counts.walBuffersFull += 1
        case .recordInserted(let type, let length, let imageBytes, _):
            script.inserted.append((type, length, imageBytes))
        case .flushed: script.counts.flushes += 1
        case .checkpoint(let what): script.checkpointEvents.append(what)
        default: break
        }
    }
}
