import SimTime

@testable import HostModel

/// One run queue with its processes, without cores.
final class QueueBench {
    let entities: UnsafeMutablePointer<SchedulingEntity>
    var queue: RunQueue
    /// The process that runs; nil if the core idles.
    var current: Int32?
    private let count: Int

    /// A slice of 1,000 units, so that figures in tests are short.
    init(processes: Int, policy: CPUSpec.Scheduler = .eevdf, slice: Nanoseconds = Nanoseconds(1_000)) {
        count = processes
        entities = .allocate(capacity: processes)
        entities.initialize(repeating: SchedulingEntity(), count: processes)
        queue = RunQueue(policy: policy, slice: slice)
    }

    deinit {
        queue.deallocate()
        entities.deallocate()
    }

    /// Puts a process into the queue with these very figures.
    func put(_ process: Int32, vruntime: Int64, deadline: Int64) {
        entities[Int(process)].vruntime = vruntime
        entities[Int(process)].deadline = deadline
        queue.requeue(process, entities)
    }

    func enqueue(_ process: Int32) { queue.enqueue(process, entities, current: current) }
    func wakeDelayed(_ process: Int32) { queue.wakeDelayed(process, entities, current: current) }

    /// Takes the next process to run.
    @discardableResult
    func pick() -> Int32? {
        current = queue.pick(entities)
        return current
    }

    /// The running process works.
    func work(_ span: Int64) { entities[Int(current!)].vruntime += span }

    /// The running process blocks; true if it stays in the queue.
    @discardableResult
    func block() -> Bool {
        let process = current!
        current = nil
        return queue.block(process, entities)
    }

    /// The processes that wait, in the order in which they would run if none ever came back.
    func drain() -> [Int32] {
        var order: [Int32] = []
        while let next = queue.pick(entities) { order.append(next) }
        return order
    }

    func entity(_ process: Int32) -> SchedulingEntity { entities[Int(process)] }
    var average: Int64 { queue.average(entities, current: current) }
}
