/// Elements in the order in which they came, at most about twice as much room as the most that ever waited together.
struct MessageQueue<Element> {
    private var elements: [Element] = []
    /// Where the first one is that has not been taken.
    private var head = 0
    private static var compactAbove: Int { 64 }

    var first: Element? { head < elements.count ? elements[head] : nil }
    var isEmpty: Bool { head == elements.count }

    mutating func append(_ element: Element) { elements.append(element) }

    /// Takes the first one. What has been taken is given up once it is more than what is left, so that a queue that is
    /// never empty does not grow.
    mutating func popFirst() -> Element? {
        guard let element = first else { return nil }
        head += 1
        if head == elements.count {
            removeAll()
        } else if head > Self.compactAbove, head > elements.count / 2 {
            elements.removeFirst(head)
            head = 0
        }
        return element
    }

    mutating func removeAll() {
        elements.removeAll(keepingCapacity: true)
        head = 0
    }

    /// How many elements it keeps room for, those included that have been taken.
    var roomInUse: Int { elements.count }
}
