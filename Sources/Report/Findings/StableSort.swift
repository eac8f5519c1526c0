extension Array {
    /// Sorted so that equal elements keep their order, which the standard library's sort does not promise.
    func stableSorted(by precedes: (Element, Element) -> Bool) -> [Element] {
        enumerated().sorted { a, b in
            if precedes(a.element, b.element) { return true }
            return !precedes(b.element, a.element) && a.offset < b.offset
        }.map(\.element)
    }
}
