import SimTime
import Testing

@testable import HostModel

/// Whom a core's queue runs next.
@Suite("The run queue")
struct RunQueueTests {
    @Test("Of the processes that have had no more than their share the one with the earliest deadline runs")
    func earliestEligibleDeadline() {
        let bench = QueueBench(processes: 3)
        bench.put(0, vruntime: 900, deadline: 1_100)
        bench.put(1, vruntime: 300, deadline: 1_300)
        bench.put(2, vruntime: 300, deadline: 1_200)
        // Process 0 has the earliest deadline, but more than the average of 500.
        #expect(bench.pick() == 2)
    }

    @Test("Equal deadlines are served in the order of waking")
    func equalDeadlines() {
        let bench = QueueBench(processes: 4)
        for process in [2, 0, 3, 1] as [Int32] { bench.enqueue(process) }
        #expect(bench.drain() == [2, 0, 3, 1])
    }

    @Test(
        "31 followers that a leader wakes one after the other run in that order",
        arguments: [CPUSpec.Scheduler.eevdf, .fifo])
    func wokenFollowers(policy: CPUSpec.Scheduler) {
        let bench = QueueBench(processes: 32, policy: policy)
        bench.enqueue(31)
        bench.pick()
        let followers = (0..<31).map { Int32($0 * 7 % 31) }
        for follower in followers { bench.enqueue(follower) }
        bench.block()
        #expect(bench.drain() == followers)
    }

    @Test("A newcomer to an idle queue starts at its virtual time, not at zero")
    func virtualTimeIsKept() {
        let bench = QueueBench(processes: 2)
        bench.enqueue(0)
        bench.pick()
        bench.work(5_000)
        bench.block()
        bench.enqueue(1)
        #expect(bench.entity(1).vruntime == 5_000)
    }

    @Test("FIFO serves in the order of waking whatever the service received")
    func firstInFirstOut() {
        let bench = QueueBench(processes: 3, policy: .fifo)
        bench.put(1, vruntime: 9_000, deadline: 10_000)
        bench.put(0, vruntime: 0, deadline: 1_000)
        bench.put(2, vruntime: 5_000, deadline: 6_000)
        #expect(bench.drain() == [1, 0, 2])
    }

    @Test("An empty queue has nobody to run")
    func empty() {
        let bench = QueueBench(processes: 1)
        #expect(bench.pick() == nil)
        #expect(bench.queue.isIdle)
    }
}

/// When a newcomer takes the core from the process that has it.
@Suite("The run queue's preemption")
struct PreemptionTests {
    /// Process 0 runs and has had `served`; 1 waits at 300; does 2, which is owed `lag`, take the core from it?
    private func preempts(served: Int64, lag: Int64, policy: CPUSpec.Scheduler = .eevdf) -> Bool {
        let bench = QueueBench(processes: 3, policy: policy)
        bench.put(1, vruntime: 300, deadline: 1_300)
        bench.current = 0
        bench.entities[0].vruntime = served
        bench.entities[2].lag = lag
        bench.enqueue(2)
        return bench.queue.preempts(2, bench.entities, current: 0, atParity: false)
    }

    @Test("A newcomer that is next takes the core from a process that has had more than its share")
    func more() {
        #expect(preempts(served: 900, lag: 400))
        #expect(!preempts(served: 900, lag: 400, policy: .fifo))
    }

    @Test("It does not take the core from one within its share")
    func within() {
        #expect(!preempts(served: 0, lag: 100))
    }

    @Test("Nor if another that waits is before it")
    func another() {
        #expect(!preempts(served: 900, lag: 0))
    }
}

/// Unequal claims to a core.
@Suite("The run queue's weights")
struct WeightTests {
    @Test("Half the weight moves virtual time twice as far, and counts half in the average")
    func half() {
        let bench = QueueBench(processes: 2)
        bench.entities[0].reweigh(SchedulingEntity.fullWeight / 2)
        #expect(bench.entity(0).virtual(1_000) == 2_000)
        #expect(bench.entity(0).service(2_000) == 1_000)
        bench.put(0, vruntime: 900, deadline: 2_000)
        bench.put(1, vruntime: 300, deadline: 2_000)
        #expect(bench.average == 500)
    }

    @Test("A new weight leaves what a process is owed in service as it was")
    func owed() {
        let bench = QueueBench(processes: 1)
        bench.entities[0].lag = 600
        bench.entities[0].reweigh(SchedulingEntity.fullWeight / 2)
        #expect(bench.entity(0).lag == bench.entity(0).virtual(600))
    }
}

/// What a process's service so far means after a sleep.
@Suite("The run queue's memory of service")
struct RunQueueLagTests {
    @Test("A process that blocks keeps how much the queue owes it")
    func positiveLag() {
        let bench = QueueBench(processes: 2)
        bench.put(1, vruntime: 600, deadline: 1_600)
        bench.current = 0
        #expect(bench.block() == false)
        #expect(bench.entity(0).lag == 300)
    }

    @Test("The lag of a process that comes back is what it was when it left", arguments: [-700, 0, 700] as [Int64])
    func lagOnReturn(lag: Int64) {
        let bench = QueueBench(processes: 4)
        for process in 1...3 as ClosedRange<Int32> {
            bench.put(process, vruntime: Int64(process) * 100, deadline: 5_000)
        }
        bench.entities[0].lag = lag
        bench.enqueue(0)
        // Its own weight has moved the average: without scaling a quarter of the lag would be lost.
        #expect(abs(bench.average - bench.entity(0).vruntime - lag) <= 1)
    }

    @Test("Lag is bounded by two slices either way", arguments: [(-9_000, 2_000), (9_000, -2_000)] as [(Int64, Int64)])
    func lagIsBounded(work: Int64, lag: Int64) {
        let bench = QueueBench(processes: 2, policy: .fifo)
        bench.put(1, vruntime: 0, deadline: 1_000)
        bench.current = 0
        bench.entities[0].vruntime = work
        bench.block()
        #expect(bench.entity(0).lag == lag)
    }

    @Test("A process that is owed service runs before one that is not")
    func owedRunsFirst() {
        let bench = QueueBench(processes: 3)
        bench.enqueue(0)
        bench.pick()
        bench.entities[2].lag = 500
        bench.enqueue(1)
        bench.enqueue(2)
        #expect(bench.drain() == [2, 1])
    }
}

/// Delayed dequeue: a process cannot shed its debt by a short sleep.
@Suite("The run queue's delayed dequeue")
struct DelayedDequeueTests {
    /// Process 0 has run 800 while 1 and 2 waited, and blocks.
    private func bench(policy: CPUSpec.Scheduler = .eevdf) -> (bench: QueueBench, stays: Bool) {
        let bench = QueueBench(processes: 3, policy: policy)
        for process in 0..<3 as Range<Int32> { bench.enqueue(process) }
        bench.pick()
        bench.work(800)
        return (bench, bench.block())
    }

    @Test("A process that has had more than its share stays queued when it blocks, and is not run")
    func staysQueued() {
        let (bench, stays) = bench()
        #expect(stays)
        #expect(bench.entity(0).isDelayed)
        #expect(bench.queue.delayedCount == 1)
        #expect(bench.drain() == [1, 2])
    }

    @Test("It leaves the queue once it is eligible, its debt paid")
    func leavesWhenEligible() {
        let (bench, _) = bench()
        bench.pick()
        bench.work(3_000)
        bench.queue.requeue(1, bench.entities)
        bench.pick()
        #expect(bench.current == 2)
        bench.work(3_000)
        bench.entities[2].deadline += 3_000
        bench.entities[1].deadline += 3_000
        bench.queue.requeue(2, bench.entities)
        // The average is far beyond 800 now, and process 0 has the earliest deadline: it is taken off on the way.
        bench.pick()
        #expect(!bench.entity(0).isDelayed)
        #expect(bench.entity(0).lag == 0)
        #expect(bench.queue.delayedCount == 0)
    }

    @Test("Woken while it is delayed it goes on where it was, its debt unpaid")
    func wokenEarly() {
        let (bench, _) = bench()
        bench.wakeDelayed(0)
        #expect(!bench.entity(0).isDelayed)
        #expect(bench.entity(0).vruntime == 800)
        #expect(bench.drain() == [1, 2, 0])
    }

    @Test("Woken after the others have overtaken it, it gains nothing from its sleep")
    func wokenLate() {
        let (bench, _) = bench()
        bench.pick()
        bench.work(5_000)
        bench.wakeDelayed(0)
        let average = (800 + 5_000) / 3 as Int64
        #expect(bench.entity(0).vruntime > average)
        #expect(!bench.entity(0).isDelayed)
    }

    @Test("With nobody else there a debt harms no one and is forgotten")
    func forgottenWhenIdle() {
        let (bench, _) = bench()
        for _ in 0..<2 {
            bench.pick()
            bench.block()
        }
        #expect(bench.pick() == nil)
        #expect(bench.entity(0).lag == 0)
        #expect(bench.queue.waiting.isEmpty)
    }

    @Test("FIFO knows no delayed dequeue")
    func fifo() {
        let (bench, stays) = bench(policy: .fifo)
        #expect(!stays)
        #expect(bench.queue.delayedCount == 0)
    }
}
