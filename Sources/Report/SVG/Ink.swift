import WaitEvents

/// A colour of a picture: a hue for what a session does and a shade within it.
///
/// Hues are those that users of Performance Insights and of Oracle's ASH know: green for CPU, blue for I/O, reds for
/// lightweight locks, grey for clients. A red and a green of the same lightness look alike to many, so that lightness
/// differs too, and every hue but the two most frequent ones has a texture of its own.
struct Ink: Hashable {
    /// What the colour stands for.
    enum Hue: String, CaseIterable {
        case cpu, io, lwlock, lock, ipc, timeout, client, bufferpin, other, free
    }

    let hue: Hue
    /// 0 is the strongest.
    let shade: Int

    init(_ hue: Hue, shade: Int = 0) {
        self.hue = hue
        self.shade = min(shade, Self.shades - 1)
    }

    static let shades = 4

    /// The class of what is filled with it.
    var fill: String { "f-\(hue.rawValue)\(shade)" }
    /// The class of lines drawn with it.
    var stroke: String { "s-\(hue.rawValue)\(shade)" }
    /// The texture laid over it; nil for a plain one.
    var texture: String? {
        switch hue {
        case .lwlock: "texture-rising"
        case .lock: "texture-crossed"
        case .ipc: "texture-dots"
        case .timeout: "texture-upright"
        case .bufferpin: "texture-falling"
        case .cpu, .io, .client, .other, .free: nil
        }
    }

    /// Light and dark of each shade.
    var colours: (light: String, dark: String) {
        let light: [String]
        let dark: [String]
        switch hue {
        case .cpu:
            (light, dark) = (
                ["#6dbe45", "#94d074", "#b8e0a1", "#d8efcb"], ["#6fbf49", "#5aa336", "#467f2a", "#345f1f"]
            )
        case .io:
            (light, dark) = (
                ["#1f6fc4", "#5c9ee0", "#94c1ee", "#c6def7"], ["#4a97e6", "#2f74bd", "#245a94", "#1b446f"]
            )
        case .lwlock:
            (light, dark) = (
                ["#b5174b", "#d95f84", "#eb9db3", "#f6d0da"], ["#dd3d70", "#ac2c56", "#84234a", "#5f1a33"]
            )
        case .lock:
            (light, dark) = (
                ["#7a2518", "#a8563f", "#cb8a74", "#e6c1b3"], ["#b8553a", "#90432e", "#6e3423", "#512619"]
            )
        case .ipc:
            (light, dark) = (
                ["#6b4fa3", "#937bc2", "#bbaadb", "#ded6ee"], ["#9b80d4", "#7a60b3", "#5d4990", "#44366b"]
            )
        case .timeout:
            (light, dark) = (
                ["#e8a317", "#f0bd56", "#f6d694", "#fbebca"], ["#e0a020", "#b37f17", "#8a6212", "#66480d"]
            )
        case .client:
            (light, dark) = (
                ["#7d8894", "#a1aab3", "#c4cad0", "#e1e4e8"], ["#8f9aa6", "#717b86", "#565e67", "#40464d"]
            )
        case .bufferpin:
            (light, dark) = (
                ["#12827c", "#52aaa5", "#8fcac6", "#c7e5e3"], ["#34aaa3", "#278680", "#1d6762", "#154b48"]
            )
        case .other:
            (light, dark) = (
                ["#8a6d3b", "#ad9468", "#ccba98", "#e6dcc9"], ["#b3925a", "#8f7447", "#6e5a37", "#514229"]
            )
        case .free:
            (light, dark) = (
                ["#d4d8dd", "#dfe2e6", "#e9ebee", "#f3f4f6"], ["#4b525a", "#40464d", "#353a40", "#2b3035"]
            )
        }
        return (light[shade], dark[shade])
    }
}

extension Ink.Hue {
    /// The hue of a wait event's class; nil stands for no event.
    init(_ type: WaitEventType?) {
        self.init(className: type?.rawValue)
    }

    /// The hue of a class by the name that `wait_event_type` shows; nil for none.
    init(className: String?) {
        switch className {
        case nil, "none": self = .cpu
        case "IO": self = .io
        case "LWLock", "LWLockNamed", "LWLockTranche": self = .lwlock
        case "Lock": self = .lock
        case "IPC": self = .ipc
        case "Timeout": self = .timeout
        case "Client", "Activity": self = .client
        case "BufferPin", "Buffer": self = .bufferpin
        default: self = .other
        }
    }
}
