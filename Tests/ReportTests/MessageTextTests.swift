import Testing

@testable import Report

@Suite("Messages")
struct MessageTextTests {
    private func folded(_ text: String, width: Int, isTerminal: Bool = true) -> [String] {
        let terminal = TerminalCapabilities(isTerminal: isTerminal, width: width, colour: false, unicode: true)
        return MessageText.folded(text, on: terminal).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
    }

    private let message = "walsim: a.json: clients.cuont: unknown key \"cuont\" (nearest: \"count\")"

    @Test("A terminal gets lines that end between words; all of the text is there", arguments: [20, 30, 40, 65])
    func breaks(_ width: Int) {
        let lines = folded(message, width: width)
        #expect(lines.count > 1 && lines.allSatisfy { $0.count <= width })
        #expect(lines[0].hasPrefix("walsim: ") && lines.dropFirst().allSatisfy { $0.hasPrefix("  ") })
        #expect(lines.map { $0.drop { $0 == " " } }.joined(separator: " ") == message)
    }

    @Test("What fits stays as it is, and so does everything that goes to a file")
    func untouched() {
        #expect(folded(message, width: message.count) == [message])
        #expect(folded(message, width: 20, isTerminal: false) == [message])
        #expect(folded("one\n\ntwo", width: 20) == ["one", "", "two"])
    }

    @Test("Blanks within a line, and words longer than it, are kept")
    func exact() {
        #expect(folded("a  b   c", width: 6) == ["a  b  ", "  c"])
        #expect(
            folded("/a/path/longer/than/the/line is kept", width: 10) == ["/a/path/longer/than/the/line", "  is kept"])
        #expect(folded("see /a/path/longer/than/the/line", width: 10) == ["see", "  /a/path/longer/than/the/line"])
    }
}
