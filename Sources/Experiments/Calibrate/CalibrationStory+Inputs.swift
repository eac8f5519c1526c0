/// What of the inputs counts for less than they seem to say.
extension CalibrationStory {
    var inputGaps: [CalibrationReport.Gap?] {
        [clientsGap]
    }

    private var clientsGap: CalibrationReport.Gap? {
        guard let waits = data.waits, waits.samples.clientsAreUnknown else { return nil }
        return .init(
            what: "how many clients there are: hardly a process of \(waits.source) is seen twice",
            assumed: "the most at an instant, \(load.clients)",
            remedy: "--waits with idle sessions too, or clients.count by hand")
    }
}
