/**
 * What a statement is able to do. Neo4j takes a time in proportion to a statement's text to plan it, and more for each row that it
 * reads; so the questions that are asked most have texts that say no more than they ask: `conditions`, what supports some of them, and
 * `anything`, both without a filter and without words. `whole` answers every question.
 */
export type Form = "conditions" | "anything" | "whole";
