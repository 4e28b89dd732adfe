namespace Cdk;

/// <summary>A Slack channel of a workspace that was authorised once, by hand, in the AWS console.</summary>
/// <param name="WorkspaceId">As the console shows it after authorisation, for example <c>T0123ABCD</c>.</param>
/// <param name="ChannelId">The last part of the channel's link, for example <c>C0123ABCD</c>.</param>
public sealed record SlackChannel(string WorkspaceId, string ChannelId);
