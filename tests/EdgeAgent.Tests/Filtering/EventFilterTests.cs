using EdgeAgent.Filtering;
using EdgeAgent.Options;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Filtering;

public sealed class EventFilterTests
{
    [Fact]
    public void Opens_and_traffic_always_leave_the_host()
    {
        var filter = new EventFilter(new AgentOptions { ForwardExec = ForwardExec.Watched });
        Assert.True(filter.Passes(Some.FileOpen()));
        Assert.True(filter.Passes(Some.Connect()));
        Assert.True(filter.Passes(Some.Send()));
    }

    [Fact]
    public void Forks_and_exits_leave_only_when_asked_for()
    {
        foreach (HostEvent e in (HostEvent[])[Some.Fork(), Some.Exit()])
        {
            Assert.False(new EventFilter(new AgentOptions()).Passes(e));
            Assert.True(new EventFilter(new AgentOptions { ForwardLifecycle = true }).Passes(e));
        }
    }

    [Fact]
    public void Exec_of_an_unwatched_program_stays_when_only_watched_ones_are_asked_for()
    {
        var watched = new EventFilter(new AgentOptions { ForwardExec = ForwardExec.Watched });
        Assert.False(watched.Passes(Some.Exec()));
        Assert.True(watched.Passes(Some.Exec(flags: EventFlags.Sensitive)));
        Assert.True(new EventFilter(new AgentOptions()).Passes(Some.Exec()));
    }

    [Fact]
    public void Refused_open_leaves_only_when_it_was_of_something_watched()
    {
        var filter = new EventFilter(new AgentOptions());
        Assert.False(filter.Passes(Open(EventFlags.None, error: 13)));
        Assert.True(filter.Passes(Open(EventFlags.Sensitive, error: 13)));
        Assert.True(filter.Passes(Open(EventFlags.None, error: 0)));
    }

    [Fact]
    public void Change_of_a_file_leaves_only_when_it_is_watched_and_other_calls_always()
    {
        var filter = new EventFilter(new AgentOptions());
        foreach (var call in Enum.GetValues<CallKind>().Where(c => c is not (CallKind.None or CallKind.Open)))
        {
            Assert.Equal(call >= CallKind.Mount, filter.Passes(Call(call, EventFlags.None)));
            Assert.True(filter.Passes(Call(call, EventFlags.Sensitive)));
        }
    }

    private static FileOpenEvent Open(EventFlags flags, ushort error) => new(Some.Facts(flags)) { Path = "/x", Error = error };

    private static CallEvent Call(CallKind call, EventFlags flags) => new(Some.Facts(flags)) { Call = call };
}
