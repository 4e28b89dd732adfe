namespace EdgeAgent.Tests;

public sealed class AgentReportTests
{
    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(1, 0, false)]
    [InlineData(0, 1, false)]
    public void All_is_delivered_when_nothing_was_dropped_and_nothing_waits(long dropped, long undelivered, bool all) =>
        Assert.Equal(all, new AgentReport(9, 0, 0, 0, 0, 0, 0, [new SinkReport("a", 9, 0, 0, Kept: 7), new SinkReport("b", 8, dropped, undelivered)]).AllDelivered);

    [Fact]
    public void Troubles_are_told_when_they_happened()
    {
        SinkReport[] sinks = [new("a", 1, 2, 3)];
        Assert.Equal("9 events seen, 4 kept on the host, 5 lost in the kernel, a: 1 delivered, 2 dropped, 3 undelivered",
            new AgentReport(9, 4, 0, 0, 5, 0, 0, sinks).ToString());
        Assert.Equal("a: 1 delivered, 0 dropped, 0 undelivered, 5 kept for the next start",
            new AgentReport(9, 4, 0, 0, 5, 0, 0, [new("a", 1, 0, 0, 5)]).ToString().Split("kernel, ")[1]);
        Assert.Contains("5 lost in the kernel, 2 of these of high value, a: ", new AgentReport(9, 4, 0, 0, 5, 0, 0, sinks) { LostHighValue = 2 }.ToString(), StringComparison.Ordinal);
        Assert.Contains(", 3 told by events like them, 6 not parsed, 7 processes forgotten because there were too many, "
            + "8 files met under watched names forgotten because there were too many, a: ",
            new AgentReport(9, 4, 3, 6, 5, 7, 8, sinks).ToString(), StringComparison.Ordinal);
    }
}
