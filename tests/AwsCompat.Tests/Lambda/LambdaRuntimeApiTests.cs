using Support.Lambda;

namespace AwsCompat.Tests.Lambda;

public sealed class LambdaRuntimeApiTests
{
    [Fact]
    public async Task Function_that_exits_fails_its_invocation_and_is_started_anew()
    {
        await using var lambda = LambdaBootstrapTests.NewLambda();

        var exit = await lambda.InvokeAsync(TestEvents.Of("exit"));
        var next = await lambda.InvokeAsync(TestEvents.Of("ok"));

        Assert.Equal("Runtime.ExitError", exit.ErrorType);
        Assert.True(next.Succeeded, next.Text);
        Assert.Equal(2, lambda.FunctionStarts);
    }

    [Fact]
    public async Task Killed_function_is_started_anew_and_gets_the_next_event()
    {
        await using var lambda = LambdaBootstrapTests.NewLambda();
        Assert.True((await lambda.InvokeAsync(TestEvents.Of("ok"))).Succeeded);

        await lambda.KillFunctionAsync();
        var next = await lambda.InvokeAsync(TestEvents.Of("ok"));

        Assert.True(next.Succeeded, next.Text);
        Assert.Equal(2, lambda.FunctionStarts);
    }

    [Fact]
    public async Task Function_that_hangs_is_killed_at_its_timeout()
    {
        await using var lambda = new LambdaRuntimeApi(new LambdaFunctionOptions
        {
            FileName = "dotnet",
            Arguments = [Path.Combine(AppContext.BaseDirectory, "AwsCompat.TestFunction.dll")],
        })
        {
            Timeout = TimeSpan.FromSeconds(5),
        };

        var result = await lambda.InvokeAsync(TestEvents.Of("hang"));

        Assert.Equal("Sandbox.Timedout", result.ErrorType);
        Assert.True((await lambda.InvokeAsync(TestEvents.Of("ok"))).Succeeded);
        Assert.Equal(2, lambda.FunctionStarts);
    }

    [Fact]
    public async Task Invocations_at_the_same_time_are_all_answered()
    {
        await using var lambda = LambdaBootstrapTests.NewLambda();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => lambda.InvokeAsync(TestEvents.Of("ok"))));

        Assert.All(results, result => Assert.True(result.Succeeded, result.Text));
        Assert.Equal(8, results.Select(result => result.RequestId).Distinct().Count());
        Assert.Equal(1, lambda.FunctionStarts);
    }
}
