import Testing

@testable import Report

@Suite("A path's folder and name")
struct SplitPathTests {
    @Test(
        "A path is split at its last slash, whatever its length",
        arguments: [
            ("t", ".", "t"), ("report.html", ".", "report.html"), ("a/b", "a", "b"), ("/f", "/", "f"),
            ("/proc/no/f", "/proc/no", "f"), ("out/", ".", "out"), ("a//b//", "a/", "b"), ("/", "/", ""),
        ])
    func split(_ path: String, _ folder: String, _ name: String) {
        let parts = SplitPath(path)
        #expect(parts.folder == folder)
        #expect(parts.name == name)
    }
}
