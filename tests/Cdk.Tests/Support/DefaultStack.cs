using Cdk.Context;

namespace Cdk.Tests.Support;

/// <summary>What most people deploy: two e-mail addresses, everything else as it comes.</summary>
public sealed class DefaultStack() : SynthesisedStack(new Dictionary<string, string>
{
    [ContextKeys.Environment] = "prod",
    [ContextKeys.AlertEmails] = "soc@example.org,oncall@example.org",
});
