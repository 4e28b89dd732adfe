return await EdgeAgent.AgentCommand.RunAsync(args);
