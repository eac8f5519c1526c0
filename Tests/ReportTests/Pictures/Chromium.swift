import Foundation

/// A headless Chromium, if this machine has one: what a browser makes of a page.
struct Chromium {
    /// The program; nil where there is none.
    static let path: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let names = ["chromium", "chromium-browser", "google-chrome", "chrome"]
        return names.lazy.flatMap { name in folders.map { "\($0)/\(name)" } }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// How a page looks to its reader.
    struct View: CustomStringConvertible {
        var width: Int
        var isDark = false
        var description: String { "\(width) pixels wide, \(isDark ? "dark" : "light")" }
    }

    /// What was measured in the laid-out page.
    struct Layout: Decodable {
        /// The window, and what the page would need.
        var windowWidth: Double
        var pageWidth: Double
        /// The page's background.
        var background: String
        /// Pictures that are shown, and how large the smallest is.
        var pictures: Int
        var smallestWidth: Double
        var smallestHeight: Double
        /// Texts of pictures that stick out of their picture.
        var cutTexts: [String]
        /// Pairs of texts in one picture that lie on each other.
        var collidingTexts: [String]
        /// Shapes that should have a colour and have none.
        var uncoloured: Int
    }

    /// What went wrong, for the page, for its console or for the browser.
    struct Failure: Error { var reason: String }

    /// Lays out a page or a picture and measures it. `text` is the file, `name` its name with its extension.
    static func layout(of text: String, named name: String, in view: View) throws -> Layout {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("walsim-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let end = name.hasSuffix(".svg") ? "</svg>" : "</body>"
        guard let place = text.range(of: end, options: .backwards) else { throw Failure(reason: "no \(end)") }
        let page = folder.appendingPathComponent(name)
        let script =
            name.hasSuffix(".svg") ? "<script><![CDATA[\(Self.script)]]></script>" : "<script>\(Self.script)</script>"
        try (text[..<place.lowerBound] + script + text[place.lowerBound...])
            .write(to: page, atomically: true, encoding: .utf8)
        let (output, errors) = try run(page, view, folder)
        let console = errors.split(separator: "\n").filter { $0.contains("CONSOLE") }
        guard console.isEmpty else { throw Failure(reason: console.joined(separator: "\n")) }
        guard let start = output.range(of: "LAYOUT{"), let stop = output.range(of: "}LAYOUT") else {
            throw Failure(reason: "nothing was measured: \(output.prefix(300)) \(errors.suffix(300))")
        }
        let json = output[output.index(before: start.upperBound)..<output.index(after: stop.lowerBound)]
        return try JSONDecoder().decode(Layout.self, from: Data(json.utf8))
    }

    private static func run(_ page: URL, _ view: View, _ folder: URL) throws -> (output: String, errors: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path!)
        process.arguments = [
            "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--enable-logging=stderr",
            "--user-data-dir=\(folder.path)/profile", "--window-size=\(view.width),2000",
            "--blink-settings=preferredColorScheme=\(view.isDark ? 0 : 1)", "--dump-dom", page.absoluteString,
        ]
        let files = ["output", "errors"].map { folder.appendingPathComponent($0) }
        for file in files { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        try process.run()
        process.waitUntilExit()
        let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        return (texts[0], texts[1])
    }

    /// Measures the page and leaves the result in it, in a comment: only there JSON's quotes come back as they are.
    private static let script = """
        const pictures = [...document.querySelectorAll('svg.picture')].filter(p => p.getBoundingClientRect().width > 0);
        const sizes = pictures.map(p => p.getBoundingClientRect());
        const cut = [], colliding = [];
        for (const picture of pictures) {
          const box = picture.getBoundingClientRect();
          const texts = [...picture.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()])
            .filter(([text, r]) => text !== '');
          for (const [text, r] of texts) {
            const isInside = r.left >= box.left - 1 && r.right <= box.right + 1
              && r.top >= box.top - 3 && r.bottom <= box.bottom + 3;
            if (!isInside) cut.push(text);
          }
          for (let i = 0; i < texts.length; i++) for (let j = i + 1; j < texts.length; j++) {
            const a = texts[i][1], b = texts[j][1];
            const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (wide <= 2 || high <= 0.4 * Math.min(a.height, b.height)) continue;
            colliding.push(texts[i][0] + ' / ' + texts[j][0]);
          }
        }
        const shapes = [...document.querySelectorAll('svg.picture [class^="f-"]')];
        const style = getComputedStyle(document.body || document.documentElement);
        const layout = {
          windowWidth: innerWidth, pageWidth: document.documentElement.scrollWidth || 0,
          background: style.backgroundColor,
          pictures: pictures.length, smallestWidth: Math.min(...sizes.map(s => s.width)),
          smallestHeight: Math.min(...sizes.map(s => s.height)), cutTexts: cut, collidingTexts: colliding,
          uncoloured: shapes.filter(s => ['none', 'rgb(0, 0, 0)'].includes(getComputedStyle(s).fill)).length,
        };
        document.documentElement.appendChild(document.createComment('LAYOUT' + JSON.stringify(layout) + 'LAYOUT'));
        """
}
