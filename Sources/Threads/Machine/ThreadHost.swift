import Postgres
import SimTime

/// What the threads of one server share besides the server's own memory.
final class ThreadHost: @unchecked Sendable {
    let clock: Clock
    let recorder: SharedRecorder
    let buffers: WALBuffers
    let device: WALDevice
    /// Each process's semaphore and latch, by process number.
    let semaphores: [Semaphore]
    let latches: [Latch]
    /// Set when clients shall start no more transactions.
    let clientsStop = Latch()
    /// How many clients have left.
    let clientsGone: ThreadWord
    /// Not 0 once the server shall stop.
    let shutdown: ThreadWord
    /// Whether `Work.explicit` burns CPU.
    let burnsExplicitCPU: Bool

    init(
        processes: Int, clock: Clock, recorder: SharedRecorder, buffers: WALBuffers, device: WALDevice,
        burnsExplicitCPU: Bool, memory: ThreadMemory
    ) {
        self.clock = clock
        self.recorder = recorder
        self.buffers = buffers
        self.device = device
        self.burnsExplicitCPU = burnsExplicitCPU
        semaphores = (0..<processes).map { _ in Semaphore() }
        latches = (0..<processes).map { _ in Latch() }
        clientsGone = memory.makeWord(0)
        shutdown = memory.makeWord(0)
    }
}
