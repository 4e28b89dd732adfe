using EdgeAgent.Delivery;

namespace EdgeAgent.Tests.Delivery;

public sealed class BackoffPolicyTests
{
    [Fact]
    public void Bound_doubles_from_the_first_to_the_longest_and_starts_anew_after_success()
    {
        var backoff = new BackoffPolicy(() => 1);
        Assert.Equal([100, 200, 400, 800, 1600, 3200, 6400, 12800, 20000, 20000], Enumerable.Range(0, 10).Select(_ => backoff.Next().TotalMilliseconds));
        for (var i = 0; i < 10_000; i++)
        {
            Assert.Equal(BackoffPolicy.Longest, backoff.Next());
        }

        backoff.Reset();
        Assert.Equal(BackoffPolicy.First, backoff.Next());
    }

    [Fact]
    public void Wait_is_a_random_part_of_the_bound()
    {
        var backoff = new BackoffPolicy(new Queue<double>([0, 0.5, 0.25]).Dequeue);
        Assert.Equal([0, 100, 100], Enumerable.Range(0, 3).Select(_ => backoff.Next().TotalMilliseconds));
    }
}
