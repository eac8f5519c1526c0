import SimTime
import Testing

@testable import HostModel

/// What is durable, by what the device did and not by what the server says.
@Suite("The durability of commits")
struct DurabilityLogTests {
    /// A log in which everything up to 200 is written, and synced up to `synced`, and the server says `flushed`.
    private func log(synced: UInt64, flushed: UInt64) -> DurabilityLog {
        var log = DurabilityLog(start: 100)
        log.wrote(upTo: 200, durably: false)
        log.synced(upTo: synced)
        _ = log.flushed(upTo: flushed, .zero)
        return log
    }

    @Test(
        "A synchronous commit is premature unless the device has it and the server knows",
        arguments: [(200, 200, 0), (150, 200, 1), (200, 150, 1)] as [(UInt64, UInt64, Int)])
    func premature(synced: UInt64, flushed: UInt64, violations: Int) {
        var log = log(synced: synced, flushed: flushed)
        log.committed(end: 180, synchronous: true, .zero)
        #expect(log.violations == violations)
    }

    @Test("A write that is durable by itself needs no sync")
    func durableWrite() {
        var log = DurabilityLog(start: 100)
        log.wrote(upTo: 200, durably: true)
        _ = log.flushed(upTo: 200, .zero)
        log.committed(end: 180, synchronous: true, .zero)
        #expect(log.violations == 0)
    }

    @Test("The window of an asynchronous commit lasts from its acknowledgement to the flush that reaches its end")
    func window() {
        var log = DurabilityLog(start: 100)
        log.committed(end: 180, synchronous: false, .zero + .us(1))
        log.committed(end: 190, synchronous: false, .zero + .us(3))
        #expect(log.flushed(upTo: 185, .zero + .us(10)) == .us(9))
        #expect(log.flushed(upTo: 190, .zero + .us(11)) == .us(8))
        #expect(log.longestWindow == .us(9))
    }
}
