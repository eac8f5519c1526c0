extension TerminalCapabilities {
    /// The lines as text, each ending in a line feed. A narrow terminal would break long ones within words.
    func painted(_ lines: [Line]) -> String {
        let fitting =
            width < TextTable.usualWidth
            ? lines.flatMap { $0.trimmed.folded(to: width, indent: "    ", keepsCells: true) } : lines
        return fitting.map { $0.painted(colour: colour) + "\n" }.joined()
    }

    /// The sections as text, with a blank line between two; those without lines are left out.
    func painted(sections: [[Line]]) -> String {
        sections.filter { !$0.isEmpty }.map(painted).joined(separator: "\n")
    }
}

extension Line {
    /// A section's heading, with a remark beside it.
    static func heading(_ text: String, _ remark: String = "") -> Line {
        Line([Fragment(text, .heading), Fragment(remark.isEmpty ? "" : "  " + remark, .dim)])
    }
}

extension Style {
    /// The style of a class of wait events; nil stands for no event.
    static func of(_ type: String?) -> Style {
        switch type {
        case nil: .cpu
        case "LWLock": .lock
        case "IO": .io
        case "IPC": .ipc
        default: .timeout
        }
    }

    /// The style of a wait event by its full name, such as `IO:WALSync`; a name without a class stands for no event.
    static func of(eventNamed name: String) -> Style {
        of(name.firstIndex(of: ":").map { String(name[..<$0]) })
    }
}
