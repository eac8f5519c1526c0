import Postgres
import WaitEvents

/// Told what the processes of an exploring run do, at the very instant: none of them runs on meanwhile.
package protocol RunProbe: AnyObject {
    /// A process has come to a point where others may overtake it.
    func stepped()
    func reported(_ event: WaitEvent, by process: ProcNumber)
    func observed(_ observation: Observation, by process: ProcNumber)
    /// A WAL buffer was cleared for the page at `pageAddress`.
    func initialized(slot: Int, pageAddress: XLogRecPtr)
    /// `count` bytes from `offset` on of a record were copied to `position`.
    func copied(_ record: XLogRecord, offset: Int, count: Int, to position: XLogRecPtr, by process: ProcNumber)
    /// WAL buffers go to a segment's file; with `durable` they are on the device when the write has ended.
    func writeBegan(firstSlot: Int, pages: Int, at position: XLogRecPtr, durable: Bool)
    func writeEnded(durable: Bool)
    func syncBegan(segment: UInt64)
    func syncEnded(segment: UInt64)
    /// A process has found that the server cannot go on.
    func panicked(_ message: String, by process: ProcNumber)
    /// A client is told that its statement is done.
    func replied(_ process: ProcNumber)
}

extension SimulatedCluster {
    /// Who is told what the first server's processes do in an exploring run; it must outlive the run.
    package func setProbe(_ probe: any RunProbe) {
        instances[0].probe = probe
        onStep = { [unowned probe] in probe.stepped() }
    }

    /// Units in the semaphore of a process of the first server.
    package func semaphore(of process: ProcNumber) -> Int { instances[0].processes[process].semaphore }
}
