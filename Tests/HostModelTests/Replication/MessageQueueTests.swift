import Testing

@testable import HostModel

/// What a connection's end keeps of its messages.
@Suite("The queue of a connection's messages")
struct MessageQueueTests {
    @Test("Messages come out in the order in which they went in")
    func order() {
        var queue = MessageQueue<Int>()
        #expect(queue.isEmpty && queue.first == nil && queue.popFirst() == nil)
        for number in 0..<500 { queue.append(number) }
        #expect(queue.first == 0)
        #expect((0..<500).allSatisfy { queue.popFirst() == $0 })
        #expect(queue.isEmpty)
    }

    @Test("A queue that is never empty does not grow with what has gone through it")
    func bounded() {
        var queue = MessageQueue<Int>()
        for number in 0..<10 { queue.append(number) }
        for number in 10..<100_000 {
            queue.append(number)
            #expect(queue.popFirst() == number - 10)
            if queue.roomInUse > 100 { break }
        }
        #expect(queue.roomInUse <= 100 && queue.first == 99_990)
    }
}
