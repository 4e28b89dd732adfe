namespace LocalPipeline.Tests.Rules;

/// <summary>Rules for tests of the commands. Invented.</summary>
internal static class SampleRules
{
    /// <summary>sudo, then the password hashes, on one host within ten seconds; both parts are silent.</summary>
    internal const string SudoThenHashes = """
        title: sudo then hashes
        id: 6f2b7a54-0f7e-4a8e-9c53-2d1b8f0e4c11
        name: sudo_then_hashes
        level: high
        tags: [attack.credential-access, attack.t1003.008]
        correlation:
          type: temporal_ordered
          rules: [sudo, hashes]
          group-by: [host]
          timespan: 10s
        ---
        title: sudo
        name: sudo
        logsource: { product: linux, category: process_creation }
        detection: { selection: { Image|endswith: /sudo }, condition: selection }
        ---
        title: hashes
        name: hashes
        logsource: { product: linux, category: file_access }
        detection: { selection: { TargetFilename: /etc/shadow }, condition: selection }

        """;

    /// <summary>A rule of one search.</summary>
    internal static string Single(string title, string search, string category = "process_creation", string rest = "") => $$"""
        title: "{{title}}"
        {{rest}}
        logsource: { product: linux, category: {{category}} }
        detection:
          selection: { {{search}} }
          condition: selection

        """;
}
