import Statistics
import Testing

@testable import DiscreteEvent

@Suite struct EventQueueTests {
    private func entry(_ time: Int64, _ sequence: UInt64) -> QueueEntry {
        QueueEntry(time: time, sequence: sequence, process: 0, wait: 0)
    }

    @Test("An entry takes 24 bytes")
    func entrySize() { #expect(MemoryLayout<QueueEntry>.stride == 24) }

    @Test("Entries come out by time, and in the order of their sequence among equal times")
    func ordersByTimeAndSequence() {
        var queue = EventQueue(capacity: 4)
        defer { queue.deallocate() }
        var stream = RandomStream(seed: 1, name: "times")
        for sequence in 0..<1_000 { queue.push(entry(Int64(stream.index(below: 50)), UInt64(sequence))) }
        let out = (0..<1_000).map { _ in queue.popFirst() }
        #expect(zip(out, out.dropFirst()).allSatisfy { ($0.time, $0.sequence) < ($1.time, $1.sequence) })
        #expect(queue.count == 0)
    }

    @Test("A random mix of operations agrees with a sorted array and keeps the invariants", arguments: 1...20)
    func agreesWithModel(seed: UInt64) {
        var queue = EventQueue(capacity: 4)
        defer { queue.deallocate() }
        var model: [QueueEntry] = []
        var stream = RandomStream(seed: seed, name: "operations")
        for sequence in 0..<500 {
            let new = entry(Int64(stream.index(below: 100)), UInt64(sequence))
            switch stream.index(below: 4) {
            case 0 where !model.isEmpty:
                #expect(queue.popFirst() == model.removeFirst())
            case 1 where !model.isEmpty:
                #expect(queue.replaceFirst(with: new) == model.removeFirst())
                model.append(new)
            default:
                queue.push(new)
                model.append(new)
            }
            model.sort(by: <)
            #expect(queue.checkInvariants())
            #expect(queue.count == model.count && queue.first == model.first ?? .sentinel)
        }
    }

    @Test("The invariants are broken by an entry less than its parent")
    func invariantsCanFail() {
        var queue = EventQueue()
        defer { queue.deallocate() }
        queue.push(entry(1, 1))
        queue.push(entry(2, 2))
        queue.entries[1].time = 0
        #expect(!queue.checkInvariants())
    }
}
