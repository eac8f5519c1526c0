/// The ink of each thing that pictures of one page show, the same in all of them.
///
/// Things of one class take its shades in the order in which they are first asked for, the most frequent first.
struct Palette {
    private var inks: [String: Ink] = [:]
    private var used: [Ink.Hue: Int] = [:]

    /// - Parameter names: such as `LWLock:WALWrite`, `cpu` and `none`, the most frequent first.
    init(_ names: [String]) {
        for name in names where inks[name] == nil { add(name) }
    }

    private mutating func add(_ name: String) {
        let hue = Self.hue(of: name)
        inks[name] = Ink(hue, shade: used[hue, default: 0])
        used[hue, default: 0] += 1
    }

    /// The ink of a name; one that the palette has not been told of takes its class's first.
    func ink(_ name: String) -> Ink { inks[name] ?? Ink(Self.hue(of: name)) }

    /// The hue of a wait event or of what a lock's holder does.
    static func hue(of name: String) -> Ink.Hue {
        switch name {
        case "cpu", "none": .cpu
        case "ready": .cpu
        case "no holder": .free
        case "commit_delay": .timeout
        case "waiting for insertions": .lwlock
        default: Ink.Hue(className: name.split(separator: ":").first.map(String.init))
        }
    }
}
