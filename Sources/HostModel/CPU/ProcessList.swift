/// A list of process numbers in raw memory that grows as needed: what a run queue inserts into and removes from.
///
/// `Array` does both through generic code that costs several hundred instructions a call.
struct ProcessList {
    private var items: UnsafeMutablePointer<Int32>
    private var capacity = 16
    private(set) var count = 0

    init() { items = .allocate(capacity: capacity) }

    func deallocate() { items.deallocate() }

    var isEmpty: Bool { count == 0 }

    subscript(index: Int) -> Int32 {
        assert(index >= 0 && index < count)
        return items[index]
    }

    /// Inserts before position `index`, in time proportional to what stands behind it.
    mutating func insert(_ process: Int32, at index: Int) {
        assert(index >= 0 && index <= count)
        if count == capacity { grow() }
        (items + index + 1).update(from: items + index, count: count - index)
        items[index] = process
        count += 1
    }

    mutating func remove(at index: Int) {
        assert(index >= 0 && index < count)
        count -= 1
        (items + index).update(from: items + index + 1, count: count - index)
    }

    mutating func removeAll() { count = 0 }

    func firstIndex(of process: Int32) -> Int? {
        for index in 0..<count where items[index] == process { return index }
        return nil
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Int32>.allocate(capacity: capacity * 2)
        larger.update(from: items, count: count)
        items.deallocate()
        items = larger
        capacity *= 2
    }
}
